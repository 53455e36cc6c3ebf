import type { Log } from '../runtime/log.ts';
import type { Settings } from '../runtime/settings.ts';
import { memoryStore } from './memory-store.ts';
import { passWhenAway } from './pass-when-away.ts';
import { type PolicyName, type RateLimits, rateLimitsOf } from './policies.ts';
import type { RateStore, Standing } from './rate-store.ts';
import { rememberLooks } from './remember-looks.ts';
import { redisStore } from './redis-store.ts';

/** Neither verb throws. `undefined` is "let it pass": the policy has no limit, or its store cannot tell. */
export interface RateLimiter {
  readonly limits: RateLimits;
  /** Counts one, and says how the key stands with it. */
  count(policy: PolicyName, key: string): Promise<Standing | undefined>;
  /** Says whether one more would be too many, without counting it. */
  look(policy: PolicyName, key: string): Promise<Standing | undefined>;
  close(): Promise<void>;
}

/** Counts in the Redis of the queues where there is one, else in this process. */
export function createRateLimiter(settings: Settings, log: Log): RateLimiter {
  const limits = rateLimitsOf(settings);
  const store = storeFor(limits, settings, log);
  const ifLimited =
    (verb: Exclude<keyof RateStore, 'close'>): RateLimiter[typeof verb] =>
    async (policy, key) =>
      limits[policy] === 0 ? undefined : store[verb](policy, key);
  return { limits, count: ifLimited('count'), look: ifLimited('look'), close: () => store.close() };
}

function storeFor(limits: RateLimits, { QUEUE_BACKEND, REDIS_URL, QUEUE_PREFIX }: Settings, log: Log) {
  if (QUEUE_BACKEND !== 'redis' || REDIS_URL === undefined) return memoryStore(limits);
  return passWhenAway(rememberLooks(redisStore(limits, { url: REDIS_URL, prefix: `${QUEUE_PREFIX}:rate` })), log);
}
