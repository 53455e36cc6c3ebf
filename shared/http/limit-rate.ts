import { addressKey } from '../rate-limits/address-key.ts';
import type { PolicyName } from '../rate-limits/policies.ts';
import type { HttpMiddleware, Passed } from './call.ts';
import { callerAddress } from './caller-address.ts';
import { withPolicies, withStanding } from './rate-limit-headers.ts';
import { tooManyRequests } from './too-many-requests.ts';

/** Tells every caller of a route what its limits are, also one who is refused before anything is counted. */
export function announceLimits(policies: readonly PolicyName[]): HttpMiddleware {
  return {
    before: ({ internal }) => {
      internal.headers = withPolicies(internal.headers, policies, internal.gateway.rateLimiter.limits);
    },
  };
}

/**
 * Counts the request, and refuses it when it is too many.
 * @param keyOf whom it is counted for; nobody when undefined.
 */
export function limitRate(policy: PolicyName, keyOf: (passed: Passed) => string | undefined): HttpMiddleware {
  return {
    before: async ({ internal }) => {
      const key = keyOf(internal);
      if (key === undefined) return;
      const standing = await internal.gateway.rateLimiter.count(policy, key);
      if (standing === undefined) return;
      internal.headers = withStanding(internal.headers, standing);
      if (standing.isOver) throw tooManyRequests(standing);
    },
  };
}

/** Who is counted where nobody has said who they are. */
export const callerOf = ({ event, gateway }: Pick<Passed, 'event' | 'gateway'>) =>
  addressKey(callerAddress(event, gateway.settings.EDGE_SECRET));
