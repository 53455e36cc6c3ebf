import type { Settings } from '../runtime/settings.ts';

/**
 * Headers of every response.
 *
 * CORS: public routes may be called from any page. The others answer with an origin of ours even to strangers, which
 * browsers then refuse; and they say `false` to credentials in so many words, because the development host fills what
 * is left out with a yes.
 */
export function commonHeaders(
  requestId: string,
  { isPublic, origin, settings }: { isPublic: boolean; origin: string | undefined; settings: Settings },
): Record<string, string> {
  return {
    'X-Request-Id': requestId,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': isPublic ? '*' : ownOrigin(origin, settings),
    'Access-Control-Allow-Credentials': 'false',
    'Access-Control-Expose-Headers':
      'X-Request-Id, Retry-After, RateLimit, RateLimit-Policy, Idempotent-Replayed, ETag',
    Vary: 'Origin',
  };
}

const ownOrigin = (origin: string | undefined, { DASHBOARD_ORIGIN, CHECKOUT_ORIGIN }: Settings) =>
  origin === CHECKOUT_ORIGIN ? CHECKOUT_ORIGIN : DASHBOARD_ORIGIN;
