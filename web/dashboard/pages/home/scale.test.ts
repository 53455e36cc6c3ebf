import { expect, test } from '@jest/globals';
import { scaleFor } from './scale.ts';

test.each([
  [0, 1, [0]],
  [1, 1, [0, 0.5, 1]],
  [2.5, 3, [0, 1.5, 3]],
  [10, 10, [0, 5, 10]],
  [11, 12, [0, 6, 12]],
  [51_000, 60_000, [0, 30_000, 60_000]],
  [999_999_999_999, 1_000_000_000_000, [0, 500_000_000_000, 1_000_000_000_000]],
])('up to %p the axis ends at %p', (most, end, lines) => {
  expect(scaleFor(most)).toEqual({ end, lines });
});
