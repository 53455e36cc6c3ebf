import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimits } from './policies.ts';
import type { RateStore } from './rate-store.ts';
import { storeOfLimiters } from './store-of-limiters.ts';

/**
 * Counters that all processes share. A count is one trip: a script adds one, and gives a new counter its end in the
 * same step, so none stays for ever.
 * @param prefix what the keys begin with.
 */
export function redisStore(limits: RateLimits, { url, prefix }: { url: string; prefix: string }): RateStore {
  const redis = new Redis(url, {
    // The worker has a gateway too, and counts nothing.
    lazyConnect: true,
    // A request does not wait for a Redis that is away, and is not counted later, when it has long been answered.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // A connection that is open and silent is given up for a new one, as it may lead to a machine that is gone.
    socketTimeout: 2_000,
    retryStrategy: (times) => Math.min(times * 100, 1_000),
  });
  // Without a listener the client prints its errors past the log, where whoever is not counted finds the last one.
  let lastError: Error | undefined;
  redis.on('error', (error) => (lastError = error));
  let firstTry: Promise<void> | undefined;
  const beThere = async () => {
    await (firstTry ??= redis.connect().catch(() => undefined));
    if (redis.status !== 'ready') throw new Error(`Redis is ${redis.status}`, { cause: lastError });
  };

  const store = storeOfLimiters(
    limits,
    ({ keyPrefix, points, duration }) =>
      new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: `${prefix}:${keyPrefix}`,
        points,
        duration,
        // Who is over is remembered here until the window ends, so that a flood costs no trips.
        inMemoryBlockOnConsumed: points + 1,
      }),
    async () => redis.disconnect(),
  );
  return {
    count: async (policy, key) => {
      await beThere();
      return store.count(policy, key);
    },
    look: async (policy, key) => {
      await beThere();
      return store.look(policy, key);
    },
    close: () => store.close(),
  };
}
