import { authenticateMerchant, invalidCredentials } from '../merchants/authenticate-merchant.ts';
import { resumeSession } from '../merchants/sessions/resume-session.ts';
import type { HttpMiddleware, HttpRequest } from './call.ts';
import { checkFromTheDashboard, checkOrigin } from './from-the-dashboard.ts';
import { givenToken } from './session-cookie.ts';

/**
 * Only a merchant gets past this: with its API key and secret, or signed in to the dashboard. Whoever sends a key or a
 * secret means those, and is not let in by a cookie that the browser happened to add.
 */
export function authenticate(): HttpMiddleware {
  return {
    before: async (request) => {
      const { event, internal } = request;
      const { 'x-api-key': apiKey, 'x-api-secret': apiSecret } = event.headers;
      const isByKey = apiKey !== undefined || apiSecret !== undefined;
      if (!isByKey && givenToken(internal.gateway.settings, event) !== undefined) return enterBySession(request);
      internal.merchant = await authenticateMerchant(internal.gateway, { apiKey, apiSecret });
    },
  };
}

/** Only somebody who is signed in to the dashboard gets past this. */
export const authenticateSession = (): HttpMiddleware => ({ before: enterBySession });

/** Whoever signs in has nothing to show yet; but a page that is not the dashboard's does not sign anybody in. */
export const beforeSignIn = (): HttpMiddleware => ({
  before: (request) => {
    checkOrigin(request);
    request.internal.givenToken = givenToken(request.internal.gateway.settings, request.event);
  },
});

/** @throws AUTHENTICATION_ERROR */
async function enterBySession(request: HttpRequest): Promise<void> {
  const { event, internal } = request;
  const token = givenToken(internal.gateway.settings, event);
  const session = token === undefined ? undefined : await resumeSession(internal.gateway.database, token);
  if (session === undefined) throw invalidCredentials();
  checkFromTheDashboard(request, session.token);
  internal.merchant = session.merchant;
  internal.session = session;
}
