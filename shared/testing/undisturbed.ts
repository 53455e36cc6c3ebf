import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Timers that come so late say that the machine let this process stand. */
const standstillMs = 50;

/**
 * Measures again, a few times, when this process was not let run meanwhile, which the event loop's own delay says. A slow answer is no reason to:
 * of a machine that was not in the way the first measurement counts.
 */
export async function undisturbed<T>(measure: () => Promise<T>, times = 5): Promise<T> {
  for (let left = times - 1; ; left--) {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const measured = await measure();
    delay.disable();
    if (left === 0 || delay.max < standstillMs * 1e6) return measured;
  }
}
