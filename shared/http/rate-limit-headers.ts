import { type PolicyName, type RateLimits, windowSeconds } from '../rate-limits/policies.ts';
import type { Standing } from '../rate-limits/rate-store.ts';

type Headers = Readonly<Record<string, string>>;

/*
 * The fields of draft-ietf-httpapi-ratelimit-headers-11: RateLimit-Policy says what the limits are and is the same on
 * every response of a route, RateLimit says how this caller stands with those that were counted.
 */

export const withPolicies = (headers: Headers, policies: readonly PolicyName[], limits: RateLimits): Headers =>
  policies
    .filter((policy) => limits[policy] > 0)
    .reduce(
      (all, policy) => joined(all, 'RateLimit-Policy', `"${policy}";q=${limits[policy]};w=${windowSeconds}`),
      headers,
    );

export const withStanding = (headers: Headers, { policy, remaining, resetSeconds }: Standing): Headers =>
  joined(headers, 'RateLimit', `"${policy}";r=${remaining};t=${resetSeconds}`);

const joined = (headers: Headers, name: string, item: string): Headers => ({
  ...headers,
  [name]: headers[name] === undefined ? item : `${headers[name]}, ${item}`,
});
