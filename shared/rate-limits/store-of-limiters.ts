import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { type PolicyName, policyNames, type RateLimits, windowSeconds } from './policies.ts';
import type { RateStore, Standing } from './rate-store.ts';

type Limiter = Pick<RateLimiterAbstract, 'consume' | 'get'>;
export type LimiterOptions = { keyPrefix: PolicyName; points: number; duration: number };

/** A store made of one of the library's limiters for each policy. A policy without a limit has none and must not be asked for. */
export function storeOfLimiters(
  limits: RateLimits,
  makeLimiter: (options: LimiterOptions) => Limiter,
  close: () => Promise<void>,
): RateStore {
  const limiters = new Map(
    policyNames
      .filter((policy) => limits[policy] > 0)
      .map((policy) => [policy, makeLimiter({ keyPrefix: policy, points: limits[policy], duration: windowSeconds })]),
  );
  const limiterOf = (policy: PolicyName): Limiter => {
    const limiter = limiters.get(policy);
    if (limiter === undefined) throw new Error(`${policy} has no limit to count against`);
    return limiter;
  };
  const standing = (policy: PolicyName, result: RateLimiterRes, isOver: boolean): Standing => ({
    policy,
    limit: limits[policy],
    remaining: result.remainingPoints,
    resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
    isOver,
  });

  return {
    count: async (policy, key) => {
      try {
        return standing(policy, await limiterOf(policy).consume(key), false);
      } catch (refusal) {
        // The library rejects with the result when there are no points left, and with an error when it cannot tell.
        if (refusal instanceof RateLimiterRes) return standing(policy, refusal, true);
        throw refusal;
      }
    },
    look: async (policy, key) => {
      const found = await limiterOf(policy).get(key);
      // A counter that ends this very moment counts no more, whether or not its store has swept it out.
      const result =
        found !== null && found.msBeforeNext > 0
          ? found
          : new RateLimiterRes(limits[policy], windowSeconds * 1_000, 0, true);
      return standing(policy, result, result.remainingPoints === 0);
    },
    close,
  };
}
