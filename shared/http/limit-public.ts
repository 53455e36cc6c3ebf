import type { Route } from '../contracts/route.ts';
import { policiesOf } from '../rate-limits/policies.ts';
import type { HttpMiddleware, Passed } from './call.ts';
import { announceLimits, callerOf, limitRate } from './limit-rate.ts';

/** The limits of a route without credentials, in their two places: before any work, and once the input is known. */
export function limitPublic(route: Route): { first: readonly HttpMiddleware[]; parsed: readonly HttpMiddleware[] } {
  const policies = policiesOf(route);
  if (policies.length === 0) return { first: [], parsed: [] };
  return {
    first: [announceLimits(policies), limitRate('public-ip', callerOf)],
    parsed: [limitRate('public-order', subjectOf)],
  };
}

/** Far above any id of ours; what is longer names nothing, and shall not fill the store. */
const maxIdLength = 64;

/** The order or payment a request is about: the path's, or else the one its body names. */
function subjectOf({ params, body }: Pick<Passed, 'params' | 'body'>): string | undefined {
  const { id } = (params ?? {}) as { id?: unknown };
  const { order_id: orderId } = (body ?? {}) as { order_id?: unknown };
  const subject = id ?? orderId;
  return typeof subject === 'string' && subject.length <= maxIdLength ? subject : undefined;
}
