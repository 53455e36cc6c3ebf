import { expect, test } from '@jest/globals';
import { retrySchedule } from './retry-schedule.ts';

test.each([
  ['false', [0, 60_000, 300_000, 1_800_000, 7_200_000]],
  ['true', [0, 5_000, 10_000, 15_000, 20_000]],
  ['5,10,15,20', [0, 5_000, 10_000, 15_000, 20_000]],
  ['0,5,10,15,20', [0, 5_000, 10_000, 15_000, 20_000]],
  ['0,0,0,0,0', [0, 0, 0, 0, 0]],
  ['1', [0, 1_000]],
])('%s waits %j milliseconds', (setting, schedule) => {
  expect(retrySchedule(setting)).toEqual(schedule);
});
