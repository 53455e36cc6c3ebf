import type { Log } from '../runtime/log.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RateStore, Standing } from './rate-store.ts';

/** A Redis next door answers within a millisecond; one that takes this long is as good as away. */
const maxWaitMs = 50;
/** How long a store that failed is left alone, so that its absence does not slow requests one by one. */
const restMs = 1_000;
/** An outage is told again and again, but not by every request. */
const warnEveryMs = 10_000;

/**
 * Lets requests pass uncounted while the store is away: a limiter protects the service, so it must not be what takes it
 * down. Nobody waits longer than 50 ms, and after a failure one request a second tries whether the store is back.
 */
export function passWhenAway(store: RateStore, log: Log): Pick<RateLimiter, 'count' | 'look' | 'close'> {
  let isAway = false;
  let askAgainAtMs = 0;
  let warnAgainAtMs = 0;

  const lost = (error: unknown) => {
    isAway = true;
    const nowMs = performance.now();
    askAgainAtMs = nowMs + restMs;
    if (nowMs < warnAgainAtMs) return;
    warnAgainAtMs = nowMs + warnEveryMs;
    log.warn({ err: error }, 'the store of the rate limits is away; requests pass uncounted');
  };
  const found = () => {
    if (isAway) log.info('the store of the rate limits is back; requests are counted again');
    isAway = false;
    askAgainAtMs = 0;
  };

  const ask = async (question: () => Promise<Standing>): Promise<Standing | undefined> => {
    const nowMs = performance.now();
    if (nowMs < askAgainAtMs) return undefined;
    // While this one tries, the others pass at once.
    if (isAway) askAgainAtMs = nowMs + restMs;
    try {
      const standing = await within(maxWaitMs, question());
      found();
      return standing;
    } catch (error) {
      lost(error);
      return undefined;
    }
  };

  return {
    count: (policy, key) => ask(() => store.count(policy, key)),
    look: (policy, key) => ask(() => store.look(policy, key)),
    close: () => store.close(),
  };
}

/** @throws Error when the answer is not there within `ms`. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new Error(`no answer within ${ms} ms`));
    // In a process that was busy for that long the answer may lie at the socket; it is read before the immediate runs.
    timer = setTimeout(() => setImmediate(giveUp), ms);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
