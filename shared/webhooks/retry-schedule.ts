/** Milliseconds to wait before each attempt, the first at once. Each wait counts from the failure before. */
export type RetrySchedule = readonly number[];

const standardSeconds = [0, 60, 300, 1_800, 7_200];
const testSeconds = [0, 5, 10, 15, 20];

/**
 * @param setting WEBHOOK_RETRY_INTERVALS_TEST: `false`, `true`, or seconds joined by commas. A list may begin with
 * the 0 of the first attempt or leave it out.
 */
export function retrySchedule(setting: string): RetrySchedule {
  return secondsOf(setting).map((seconds) => seconds * 1_000);
}

function secondsOf(setting: string): number[] {
  if (setting === 'false') return standardSeconds;
  if (setting === 'true') return testSeconds;
  const given = setting.split(',').map(Number);
  return given[0] === 0 ? given : [0, ...given];
}
