import { type Bell, type Doorbell, ringPatienceMs } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';

/**
 * Rings after the rows are committed. Best effort: it never throws and never makes a request fail or wait long; the
 * sweeper rings what was missed.
 */
export async function ringAfterCommit(
  { doorbell, log }: { doorbell: Doorbell; log: Log },
  bells: readonly Bell[],
): Promise<void> {
  if (bells.length === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const givingUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ringPatienceMs);
  });
  const ringing = doorbell.ring(bells).catch((error: unknown) => {
    log.warn({ err: error, bells: bells.length }, 'the queue did not take a doorbell; the sweeper will');
  });
  await Promise.race([ringing, givingUp]);
  clearTimeout(timer);
}
