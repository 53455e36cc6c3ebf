import { ApiError } from '../../api/api-error.ts';
import { errorOfResponse } from '../../api/error-of-response.ts';

/** Reading is quick or broken; what changes something gets the time of a slow network before it is called unanswered. */
const readTimeoutMs = 8_000;
const changeTimeoutMs = 20_000;

/** Who is signed in, as far as a request has to know. The session fills it in. */
export const connection = {
  csrfToken: '',
  /** The API no longer knows the session. */
  onSignedOut: (): void => {},
};

/** Who signs in or out is told by the answer itself. */
const ofOneself = new Set(['/auth/login', '/auth/logout']);

type Sent = { method?: 'GET' | 'POST' | 'PUT'; headers?: Record<string, string>; body?: string; signal?: AbortSignal };

/**
 * Asks the API, which this origin forwards; `path` is what follows `/api/v1`. Answers whatever is not an error, 304 too.
 *
 * @throws ApiError and nothing else, but for the AbortError of a signal of the caller's.
 */
export async function send(path: string, { signal, ...sent }: Sent = {}): Promise<Response> {
  const timeout = AbortSignal.timeout(sent.body === undefined ? readTimeoutMs : changeTimeoutMs);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      ...sent,
      cache: 'no-store',
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError('NETWORK', 'The gateway did not answer', { cause });
  }
  if (response.ok || response.status === 304) return response;
  const error = await errorOfResponse(response);
  if (response.status === 401 && !ofOneself.has(path)) connection.onSignedOut();
  throw error;
}

export const get = async <T>(path: string): Promise<T> => read<T>(await send(path));

export const post = async <T>(path: string, body: unknown = {}, more: { idempotencyKey?: string } = {}): Promise<T> =>
  read<T>(await send(path, change('POST', body, more.idempotencyKey)));

export const put = async <T>(path: string, body: unknown): Promise<T> => read<T>(await send(path, change('PUT', body)));

function change(method: 'POST' | 'PUT', body: unknown, idempotencyKey?: string): Sent {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (connection.csrfToken) headers['X-CSRF-Token'] = connection.csrfToken;
  if (idempotencyKey !== undefined) headers['Idempotency-Key'] = idempotencyKey;
  return { method, headers, body: JSON.stringify(body) };
}

async function read<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new ApiError('NETWORK', 'The answer broke off', { cause });
  }
}
