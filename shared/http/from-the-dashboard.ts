import { GatewayError } from '../contracts/errors.ts';
import { csrfTokenOf } from '../merchants/sessions/session-token.ts';
import { equalInConstantTime } from '../secrets/equal-in-constant-time.ts';
import type { HttpRequest } from './call.ts';

const notFromTheDashboard = () =>
  new GatewayError('AUTHENTICATION_ERROR', 'Session expired or not from the dashboard; sign in again');

/**
 * A browser names the page's origin with everything but a plain GET; another program names none.
 * @throws AUTHENTICATION_ERROR for a page that is not the dashboard's.
 */
export function checkOrigin({ event: { headers }, internal }: HttpRequest): void {
  const { DASHBOARD_ORIGIN } = internal.gateway.settings;
  if (headers.origin !== undefined && headers.origin !== DASHBOARD_ORIGIN) throw notFromTheDashboard();
}

/**
 * The browser adds the cookie to what any page on this machine's site asks for. What changes something must say besides
 * what only the dashboard's own page can know. Reading needs no proof: no other page gets to see the answer.
 * @throws AUTHENTICATION_ERROR
 */
export function checkFromTheDashboard(request: HttpRequest, token: string): void {
  const { requestContext, headers } = request.event;
  if (requestContext.http.method === 'GET') return;
  checkOrigin(request);
  if (!equalInConstantTime(headers['x-csrf-token'] ?? '', csrfTokenOf(token))) throw notFromTheDashboard();
}
