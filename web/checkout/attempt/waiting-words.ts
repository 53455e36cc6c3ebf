import type { Trouble } from './attempt.ts';

/** From when on a shopper is told what is happening, and from when on not to lose patience; in milliseconds. */
export const saysWhatAfterMs = 3_000;
export const saysStayAfterMs = 15_000;

/** The line under the heading while a payment is processed. */
export function waitingWords(situation: { elapsedMs: number; isOnline: boolean; trouble: Trouble | null }): string {
  const { elapsedMs, isOnline, trouble } = situation;
  if (!isOnline) return 'Waiting for your connection. We will continue when you are back.';
  if (trouble === 'busy') return 'Many people are paying right now. We will try again in a moment.';
  if (trouble === 'no_answer') return 'The connection is slow. We are trying again. Do not pay again.';
  if (elapsedMs >= saysStayAfterMs) return 'Still working. Do not pay again.';
  return elapsedMs >= saysWhatAfterMs ? 'Contacting your bank' : 'This takes a few seconds.';
}
