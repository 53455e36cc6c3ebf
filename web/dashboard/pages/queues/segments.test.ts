import { expect, test } from '@jest/globals';
import { segmentsOf } from './segments.ts';

const counts = (pending: number, processing: number, completed: number, failed: number) =>
  ({ type: 'settle_payment', pending, processing, completed, failed, oldest_waiting_seconds: null }) as const;
const shares = (...given: Parameters<typeof counts>) =>
  Object.fromEntries(segmentsOf(counts(...given)).map(({ name, share }) => [name, Math.round(share * 10) / 10]));

test('a bar shows what there is', () => {
  expect(shares(10, 10, 60, 20)).toEqual({ pending: 10, processing: 10, completed: 60, failed: 20 });
});

test('little among much is seen', () => {
  const { failed, completed } = shares(0, 0, 1_000_000, 1);
  expect(failed).toBeGreaterThan(2.8);
  expect(failed! + completed!).toBeCloseTo(100);
});

test('nothing is an empty bar', () => {
  expect(shares(0, 0, 0, 0)).toEqual({ pending: 0, processing: 0, completed: 0, failed: 0 });
});
