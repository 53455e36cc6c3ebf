/**
 * Whether a statement failed because of one of its rows - SQLSTATE classes 22 (data), 23 (constraints) and 40 (deadlock)
 * - so that the other rows, tried alone, would pass.
 */
export function isRowsFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(22|23|40)...$/.test(String(error.code));
}
