/**
 * Percent of the payments that have ended, to one decimal, a half upwards; null when none has.
 *
 * Multiplied before it is divided: a ratio that lies half way, 201 of 400, is then exactly half way in floating point as well, and does not end
 * up on either side of it by chance.
 */
export const successRate = (successful: number, failed: number): number | null => {
  const settled = successful + failed;
  return settled === 0 ? null : Math.round((1_000 * successful) / settled) / 10;
};
