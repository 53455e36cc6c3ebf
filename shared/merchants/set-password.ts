import { badRequest } from '../contracts/errors.ts';
import { type Database, statement } from '../database/database.ts';
import { hashPassword, passwordProblem } from '../secrets/password.ts';
import { endSessionsOf } from './sessions/session-store.ts';

const setHash = statement(
  'set-password',
  `update merchants set password_hash = $2, updated_at = gateway_now() where id = $1`,
);

/** Ends all of the merchant's sessions: whoever changes a password may fear that somebody knows it. @throws BAD_REQUEST_ERROR for a password that is too short or too long. */
export async function setPassword(
  { database }: { database: Database },
  merchantId: string,
  password: string,
): Promise<void> {
  const problem = passwordProblem(password);
  if (problem !== undefined) throw badRequest(`The password ${problem}.`, 'password');
  const hash = await hashPassword(password);
  await database.transaction(async (transaction) => {
    await transaction.rows(setHash, [merchantId, hash]);
    await endSessionsOf(transaction, merchantId);
  });
}
