import { ApiError } from '../../api/api-error.ts';

/** What to tell a person whose wish came to nothing: the gateway's own sentence, where it said one. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'NETWORK') return 'The gateway did not answer. Trying again is safe: nothing is done twice.';
  if (error.code === 'RATE_LIMIT_ERROR' && error.retryAfterMs !== undefined)
    return `${error.message}. Try again in ${Math.ceil(error.retryAfterMs / 1000)} s.`;
  return error.message;
}
