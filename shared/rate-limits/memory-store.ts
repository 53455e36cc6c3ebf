import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateLimits } from './policies.ts';
import type { RateStore } from './rate-store.ts';
import { storeOfLimiters } from './store-of-limiters.ts';

/** Counters of this process alone: several processes together let several times the limit pass. */
export const memoryStore = (limits: RateLimits): RateStore =>
  storeOfLimiters(
    limits,
    (options) => new RateLimiterMemory(options),
    async () => undefined,
  );
