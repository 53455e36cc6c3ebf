/** Node's network errors, and PostgreSQL's classes 08 (connection), 53 (resources) and 57 (operator intervention). */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
const sqlStateClasses = /^(08|53|57)/;
/** The driver gives these no code. */
const driverSentences =
  /timeout exceeded when trying to connect|Connection terminated|not queryable|Query read timeout/;

/** Whether an error says that the database cannot be reached, rather than that a statement was wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    networkCodes.has(code) || (code.length === 5 && sqlStateClasses.test(code)) || driverSentences.test(error.message)
  );
}

/** Whether a lock was not to be had in time: the database is there, and somebody else is at work on the same row. */
export const isRowBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '55P03';
