/** What is read of Jest's JSON result. */
export interface JestResult {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

export interface TestTally {
  passed: number;
  failed: number;
  skipped: number;
}

/** A file that could not even be loaded is a failure, and so is a Jest that left no result. */
export function tallyOf(result: JestResult | undefined): TestTally {
  if (!result) return { passed: 0, failed: 1, skipped: 0 };
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

export const sum = (one: TestTally, other: TestTally): TestTally => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

export function summary({ passed, failed, skipped }: TestTally): string {
  const counted = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? counted : `${counted}, ${skipped} skipped`;
}
