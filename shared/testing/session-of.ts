import { randomBytes } from 'node:crypto';
import { insertSession } from '../merchants/sessions/session-store.ts';
import { csrfTokenOf, hashOfToken, newSessionToken } from '../merchants/sessions/session-token.ts';
import type { TestGateway } from './test-gateway.ts';

/** The headers of a sandbox's dashboard page with this token. */
export const headersOfSession = (token: string) => ({
  cookie: `gateway_session=${token}`,
  'x-csrf-token': csrfTokenOf(token),
});

/** A token of the right form behind which there is nothing. */
export const unknownToken = () => `sess_${randomBytes(32).toString('base64url')}`;

/** Signs a merchant without a password in to the dashboard, and answers the headers of its page. */
export async function sessionOf({ database }: Pick<TestGateway, 'database'>, merchantId: string) {
  const token = newSessionToken();
  const session = { tokenHash: hashOfToken(token), merchantId, passwordHash: null };
  if ((await insertSession(database, session)) === undefined) throw new Error(`nobody signs ${merchantId} in`);
  return { token, headers: headersOfSession(token) };
}
