import { expect, test } from '@jest/globals';
import { successRate } from './success-rate.ts';

test('to one decimal, a half upwards, for every ratio of up to 1,200 payments', () => {
  const wrong: string[] = [];
  for (let settled = 1; settled <= 1_200; settled++)
    for (let successful = 0; successful <= settled; successful++) {
      // Tenths of a percent in whole numbers, where nothing is lost: the floor of 1000 s / n + 1/2.
      const tenths = Math.floor((2_000 * successful + settled) / (2 * settled));
      if (successRate(successful, settled - successful) !== tenths / 10) wrong.push(`${successful} of ${settled}`);
    }
  expect(wrong).toEqual([]);
});

test('none where nothing has ended', () => {
  expect(successRate(0, 0)).toBeNull();
});
