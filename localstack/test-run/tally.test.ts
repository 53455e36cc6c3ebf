import { expect, test } from '@jest/globals';
import { summary, tallyOf } from './tally.ts';

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
