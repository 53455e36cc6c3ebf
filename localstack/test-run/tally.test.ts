import { expect, test } from '@jest/globals';
import { sum, summary, tallyOf } from './tally.ts';

const result = {
  numPassedTests: 12,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

test('the last line counts', () => {
  expect(summary(tallyOf(result))).toBe('12 passed, 0 failed');
});

test('skipped tests are told', () => {
  expect(summary(tallyOf({ ...result, numPendingTests: 2, numTodoTests: 1 }))).toBe('12 passed, 0 failed, 3 skipped');
});

test('a file that cannot be loaded is a failure', () => {
  expect(summary(tallyOf({ ...result, numFailedTests: 1, numRuntimeErrorTestSuites: 2 }))).toBe('12 passed, 3 failed');
});

test('no result is a failure', () => {
  expect(summary(tallyOf(undefined))).toBe('0 passed, 1 failed');
});

test('two runs are counted together, and one without a result still fails', () => {
  const skipping = tallyOf({ ...result, numFailedTests: 3, numPendingTests: 2 });
  expect(sum(skipping, skipping)).toEqual({ passed: 24, failed: 6, skipped: 4 });
  expect(sum(tallyOf(result), tallyOf(undefined))).toEqual({ passed: 12, failed: 1, skipped: 0 });
});
