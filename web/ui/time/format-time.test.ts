import { expect, test } from '@jest/globals';
import { agoOf, spanOf, stampOf, utcOf } from './format-time.ts';

const at = new Date('2024-01-15T10:31:11.400Z');

test('a stamp is local, and names every second', () => {
  expect(stampOf(new Date(2024, 0, 5, 9, 3, 7))).toBe('2024-01-05 09:03:07');
});

test('UTC says that it is', () => {
  expect(utcOf(at)).toBe('2024-01-15 10:31:11 UTC');
});

test.each([
  [0, 'just now'],
  [4_000, 'just now'],
  [42_000, '42 seconds ago'],
  [60_000, '1 minute ago'],
  [59 * 60_000, '59 minutes ago'],
  [3 * 3_600_000 + 1, '3 hours ago'],
  [49 * 3_600_000, '2 days ago'],
  [-120_000, 'in 2 minutes'],
])('%s ms later it is %s', (ms, words) => {
  expect(agoOf(at, at.getTime() + ms)).toBe(words);
});

test.each([
  [0, '0 ms'],
  [350, '350 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [1_000, '1.0 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [31_400, '31 s'],
  [59_499, '59 s'],
  [59_500, '1 min'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h'],
  [11_400_000, '3 h 10 min'],
  [90_000_000, '1 d 1 h'],
])('%s ms are %s', (ms, words) => {
  expect(spanOf(ms)).toBe(words);
});
