import type { Log } from '../../shared/runtime/log.ts';

/** Runs `work` now and then `intervalMs` after each end, so that a slow run is never overtaken by the next. */
export function every(intervalMs: number, work: () => Promise<unknown>, log: Log): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = async () => {
    await work().catch((error: unknown) => log.warn({ err: error }, 'a timed job failed and will run again'));
    if (!stopped) timer = setTimeout(() => void run(), intervalMs);
  };
  void run();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
