import { GatewayError } from '../../contracts/errors.ts';
import type { SignIn } from '../../contracts/sessions.ts';
import { type Database, statement } from '../../database/database.ts';
import type { Settings } from '../../runtime/settings.ts';
import { verifyPassword } from '../../secrets/password.ts';
import { testMerchant } from '../test-merchant.ts';
import { endSession, insertSession } from './session-store.ts';
import { hashOfToken, newSessionToken } from './session-token.ts';
import { type Session, shownSession } from './shown-session.ts';

type SigningIn = {
  id: string;
  name: string;
  email: string;
  is_operator: boolean;
  is_active: boolean;
  password_hash: string | null;
};

const findByEmail = statement(
  'find-merchant-to-sign-in',
  'select id, name, email, is_operator, is_active, password_hash from merchants where email = $1',
);

/**
 * Begins a session, always under a new token: one the browser came with is ended, never taken over, so nobody can plant
 * one. An unknown address, a wrong password and an inactive merchant take the same steps and end in the same error.
 * @param givenToken the token the browser came with.
 * @throws AUTHENTICATION_ERROR
 */
export async function signIn(
  { database, settings }: { database: Database; settings: Settings },
  { email, password }: SignIn,
  givenToken: string | undefined,
): Promise<{ token: string; session: Session }> {
  const [merchant] = await database.rows<SigningIn>(findByEmail, [email]);
  const isRight = await verifyPassword(password, merchant?.password_hash ?? null);
  const isIn = isRight || isOpenToAll(settings, merchant);
  if (merchant?.is_active !== true || !isIn) throw refused();
  const token = newSessionToken();
  const tokenHash = hashOfToken(token);
  const passwordHash = merchant.password_hash;
  const expiresAt = await insertSession(database, { tokenHash, merchantId: merchant.id, passwordHash });
  if (expiresAt === undefined) throw refused();
  if (givenToken !== undefined) await endSession(database, hashOfToken(givenToken));
  return { token, session: shownSession(settings, merchant, { token, expiresAt }) };
}

/** The seeded merchant's keys are public, so a password would protect nothing. Where it is not seeded it is like all others. */
const isOpenToAll = ({ SEED_TEST_MERCHANT, GATEWAY_MODE }: Settings, merchant: SigningIn | undefined) =>
  SEED_TEST_MERCHANT && GATEWAY_MODE === 'sandbox' && merchant?.id === testMerchant.id;

const refused = () => new GatewayError('AUTHENTICATION_ERROR', 'Invalid email or password');
