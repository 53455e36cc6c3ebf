/**
 * How long to wait until the payment is asked about again, in milliseconds. Most payments end within ten seconds; then a
 * shopper looks at the screen. The gateway allows 120 questions a minute for one payment.
 */
export function pollMs(elapsedMs: number): number {
  if (elapsedMs < 10_000) return 600;
  return elapsedMs < 60_000 ? 1_000 : 2_000;
}

/** After the first, second, third ... request in a row that went wrong. */
export const backoffMs = (misses: number) => Math.min(10_000, 1_000 * 2 ** (misses - 1));
