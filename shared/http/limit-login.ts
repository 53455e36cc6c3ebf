import { createHash } from 'node:crypto';
import type { SignIn } from '../contracts/sessions.ts';
import type { Standing } from '../rate-limits/rate-store.ts';
import type { HttpMiddleware, Passed } from './call.ts';
import { callerOf } from './limit-rate.ts';
import { withStanding } from './rate-limit-headers.ts';
import { tooManyRequests } from './too-many-requests.ts';

/**
 * Counts who signs in, right or wrong, by address and by e-mail address: one machine that tries many merchants is as
 * unwelcome as many machines that try one. Told is the standing that is worse.
 */
export function limitLogin(): HttpMiddleware {
  return {
    before: async ({ internal }) => {
      const { rateLimiter } = internal.gateway;
      const byAddress = await rateLimiter.count('login', `address:${callerOf(internal)}`);
      // One that is refused already uses up nothing of the merchant's share.
      const byEmail = byAddress?.isOver ? undefined : await rateLimiter.count('login', keyOfEmail(internal));
      const worse = worseOf(byAddress, byEmail);
      if (worse === undefined) return;
      internal.headers = withStanding(internal.headers, worse);
      if (worse.isOver) throw tooManyRequests(worse);
    },
  };
}

/** Addresses of people do not lie about in a store of counters. The contract has made it lower case. */
const keyOfEmail = ({ body }: Passed) =>
  `email:${createHash('sha256')
    .update((body as SignIn).email)
    .digest('base64url')}`;

function worseOf(one: Standing | undefined, other: Standing | undefined): Standing | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.isOver || other.remaining < one.remaining ? other : one;
}
