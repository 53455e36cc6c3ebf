import { expect, test } from '@jest/globals';
import { waitingWords } from './waiting-words.ts';

const calm = { isOnline: true, trouble: null };

test.each([
  [{ ...calm, elapsedMs: 0 }, 'This takes a few seconds.'],
  [{ ...calm, elapsedMs: 2_999 }, 'This takes a few seconds.'],
  [{ ...calm, elapsedMs: 3_000 }, 'Contacting your bank'],
  [{ ...calm, elapsedMs: 14_999 }, 'Contacting your bank'],
  [{ ...calm, elapsedMs: 15_000 }, 'Still working. Do not pay again.'],
  [
    { isOnline: true, trouble: 'busy', elapsedMs: 0 },
    'Many people are paying right now. We will try again in a moment.',
  ],
  [
    { isOnline: true, trouble: 'no_answer', elapsedMs: 0 },
    'The connection is slow. We are trying again. Do not pay again.',
  ],
  [
    { isOnline: false, trouble: 'busy', elapsedMs: 20_000 },
    'Waiting for your connection. We will continue when you are back.',
  ],
] as const)('%j', (situation, words) => {
  expect(waitingWords(situation)).toBe(words);
});
