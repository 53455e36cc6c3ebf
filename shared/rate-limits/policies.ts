import type { Route } from '../contracts/route.ts';
import type { Settings } from '../runtime/settings.ts';

/** What is counted, each under a key of its own kind. The names stand in the RateLimit headers. */
export const policyNames = ['merchant', 'public-ip', 'public-order', 'login', 'wrong-credentials'] as const;
export type PolicyName = (typeof policyNames)[number];

/** The settings speak of requests a minute. */
export const windowSeconds = 60;

/** How many a window each policy lets pass; 0 is no limit. */
export type RateLimits = Readonly<Record<PolicyName, number>>;

export const rateLimitsOf = (settings: Settings): RateLimits => ({
  merchant: settings.RATE_LIMIT_MERCHANT,
  'public-ip': settings.RATE_LIMIT_PUBLIC_IP,
  'public-order': settings.RATE_LIMIT_PUBLIC_ORDER,
  login: settings.RATE_LIMIT_LOGIN,
  'wrong-credentials': settings.RATE_LIMIT_WRONG_CREDENTIALS,
});

/**
 * The policies that count the requests of a route. Refused credentials are not among them: a client that paces itself
 * by the headers would take that number for the number of its requests.
 */
export function policiesOf({ auth, path }: Route): readonly PolicyName[] {
  if (auth === 'merchant' || auth === 'session') return ['merchant'];
  if (auth === 'password') return ['login'];
  return path.split('/').includes('public') ? ['public-ip', 'public-order'] : [];
}
