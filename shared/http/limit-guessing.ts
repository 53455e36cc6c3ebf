import { GatewayError } from '../contracts/errors.ts';
import type { Standing } from '../rate-limits/rate-store.ts';
import type { HttpMiddleware, HttpRequest } from './call.ts';
import { callerOf } from './limit-rate.ts';
import { withPolicies, withStanding } from './rate-limit-headers.ts';
import { tooManyRequests } from './too-many-requests.ts';

const policy = 'wrong-credentials';

/**
 * Refuses an address from which too many wrong credentials came, before the next are looked at. They are counted by
 * address and never by API key: the key stands in every checkout page, and a stranger who knows it must not be able to
 * lock its owner out.
 */
export function limitGuessing(): HttpMiddleware {
  return {
    before: async ({ internal }) => {
      const standing = await internal.gateway.rateLimiter.look(policy, callerOf(internal));
      if (standing?.isOver !== true) return;
      tell(internal, standing);
      throw tooManyRequests(standing);
    },
    onError: async (request) => {
      const { error, internal } = request;
      if (!(error instanceof GatewayError) || error.code !== 'AUTHENTICATION_ERROR') return;
      const standing = await internal.gateway.rateLimiter.count(policy, callerOf(internal));
      if (standing === undefined) return;
      tell(internal, standing);
      // Many that came at once all passed the look above.
      if (standing.isOver) request.error = tooManyRequests(standing);
    },
  };
}

function tell(internal: HttpRequest['internal'], standing: Standing): void {
  const { limits } = internal.gateway.rateLimiter;
  internal.headers = withStanding(withPolicies(internal.headers, [policy], limits), standing);
}
