/** How a webhook route answers. `failWith` is the status that replaces the honest answer, or null for the honest one. */
export interface Behaviour {
  delayMs: number;
  failWith: (attempt: number) => number | null;
}
/** A query that makes no sense is answered with this sentence instead. */
export type ReadBehaviour = (query: URLSearchParams) => Behaviour | { problem: string };

// Far beyond any sender's patience; a timer without a limit would only be forgotten.
const MAX_DELAY_MS = 600_000;
const MAX_FAILURES = 1000;
// The gateway gives up after 5 s; no sender waits this long.
const DEFAULT_DELAY_MS = 30_000;
const DEFAULT_FAILURES = 2;

const honest = () => null;

export const answerHonestly: ReadBehaviour = () => ({ delayMs: 0, failWith: honest });

export const answerWithFailure: ReadBehaviour = () => ({ delayMs: 0, failWith: () => 500 });

export const answerSlowly: ReadBehaviour = (query) => {
  const delayMs = readWholeNumber(query, 'ms', DEFAULT_DELAY_MS, MAX_DELAY_MS);
  return typeof delayMs === 'number' ? { delayMs, failWith: honest } : delayMs;
};

export const answerAfterFailures: ReadBehaviour = (query) => {
  const failures = readWholeNumber(query, 'n', DEFAULT_FAILURES, MAX_FAILURES);
  if (typeof failures !== 'number') return failures;
  return { delayMs: 0, failWith: (attempt) => (attempt <= failures ? 503 : null) };
};

function readWholeNumber(
  query: URLSearchParams,
  name: string,
  fallback: number,
  max: number,
): number | { problem: string } {
  const text = query.get(name);
  if (text === null) return fallback;
  if (/^\d{1,9}$/.test(text) && Number(text) <= max) return Number(text);
  return { problem: `${name} must be a whole number from 0 to ${max}, not "${text}".` };
}
