import type { ApiError } from '../../api/api-error.ts';
import type { PublicPayment } from '../../api/public-objects.ts';
import { backoffMs, pollMs } from './patience.ts';

/** Why we wait longer than usual: nobody answers, or the gateway asks us to come back later. */
export type Trouble = 'no_answer' | 'busy';
type Open = { sinceMs: number; waitMs: number; misses: number; trouble: Trouble | null };

export type Sending = Open & { step: 'sending'; key: string };
export type Polling = Open & { step: 'polling'; paymentId: string };
/** Somebody may be charged any moment: nothing else may begin. */
export type OpenAttempt = Sending | Polling;

/** One try to pay, from the press of the button to the answer of the bank. */
export type Attempt =
  | OpenAttempt
  | { step: 'succeeded'; payment: PublicPayment }
  | { step: 'failed'; payment: PublicPayment }
  /** The gateway did not take it: no payment exists. */
  | { step: 'refused'; error: ApiError }
  /** Nobody told us whether a payment exists. Only the same key makes another try harmless. */
  | { step: 'unsure'; key: string }
  /** It exists, and its bank has been silent for too long. */
  | { step: 'unheard'; paymentId: string };

export type Heard =
  | { kind: 'created'; paymentId: string }
  | { kind: 'payment'; payment: PublicPayment }
  | { kind: 'error'; error: ApiError };

/** A UPI request stays open for five minutes, and its failure takes a moment to reach us. */
export const deadlineMs = 330_000;
/** With the pauses between them, half a minute without an answer. */
const mostMisses = 6;

const opened = (sinceMs: number, waitMs: number): Open => ({ sinceMs, waitMs, misses: 0, trouble: null });

export const sendAttempt = (key: string, nowMs: number): Sending => ({ step: 'sending', key, ...opened(nowMs, 0) });

export const watchPayment = (paymentId: string, nowMs: number): Polling => ({
  step: 'polling',
  paymentId,
  ...opened(nowMs, 0),
});

export const isOpen = (attempt: Attempt): attempt is OpenAttempt =>
  attempt.step === 'sending' || attempt.step === 'polling';

/** @param freshKey what the attempt goes by from now on if its key turns out to stand for something else. */
export function advance(attempt: OpenAttempt, heard: Heard, nowMs: number, freshKey: string): Attempt {
  switch (heard.kind) {
    case 'created':
      return { step: 'polling', paymentId: heard.paymentId, ...opened(attempt.sinceMs, pollMs(0)) };
    case 'payment':
      return settle(attempt, heard.payment, nowMs);
    case 'error':
      return attempt.step === 'sending'
        ? sendAgain(attempt, heard.error, freshKey)
        : pollAgain(attempt, heard.error, nowMs);
  }
}

function settle(attempt: OpenAttempt, payment: PublicPayment, nowMs: number): Attempt {
  if (payment.status === 'failed') return { step: 'failed', payment };
  if (payment.status !== 'pending') return { step: 'succeeded', payment };
  const elapsedMs = nowMs - attempt.sinceMs;
  if (elapsedMs >= deadlineMs) return { step: 'unheard', paymentId: payment.id };
  return { step: 'polling', paymentId: payment.id, ...opened(attempt.sinceMs, pollMs(elapsedMs)) };
}

function sendAgain(attempt: Sending, error: ApiError, freshKey: string): Attempt {
  // The key was used for other details: an attempt of before a reload, or of before the shopper changed something.
  if (error.code === 'IDEMPOTENCY_KEY_REUSED') return { ...attempt, key: freshKey, waitMs: 0 };
  const trouble = troubleOf(error);
  if (trouble === null) return { step: 'refused', error };
  const misses = attempt.misses + 1;
  if (misses > mostMisses) return { step: 'unsure', key: attempt.key };
  return { ...attempt, misses, trouble, waitMs: error.retryAfterMs ?? backoffMs(misses) };
}

function pollAgain(attempt: Polling, error: ApiError, nowMs: number): Attempt {
  const trouble = troubleOf(error);
  if (trouble === null) return { step: 'refused', error };
  if (nowMs - attempt.sinceMs >= deadlineMs) return { step: 'unheard', paymentId: attempt.paymentId };
  const misses = attempt.misses + 1;
  return { ...attempt, misses, trouble, waitMs: error.retryAfterMs ?? backoffMs(misses) };
}

/** Null for an answer that will not change by asking again. */
function troubleOf({ code }: ApiError): Trouble | null {
  if (code === 'NETWORK' || code === 'INTERNAL_ERROR') return 'no_answer';
  if (code === 'IDEMPOTENCY_KEY_IN_USE') return 'no_answer';
  return code === 'RATE_LIMIT_ERROR' || code === 'SERVICE_UNAVAILABLE' ? 'busy' : null;
}
