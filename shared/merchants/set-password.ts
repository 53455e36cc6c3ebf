import { badRequest } from '../contracts/errors.ts';
import { type Database, statement } from '../database/database.ts';
import { hashPassword, passwordProblem } from '../secrets/password.ts';

const setHash = statement(
  'set-password',
  `update merchants set password_hash = $2, updated_at = gateway_now() where id = $1`,
);

/** @throws BAD_REQUEST_ERROR for a password that is too short or too long. */
export async function setPassword(
  { database }: { database: Database },
  merchantId: string,
  password: string,
): Promise<void> {
  const problem = passwordProblem(password);
  if (problem !== undefined) throw badRequest(`The password ${problem}.`, 'password');
  await database.rows(setHash, [merchantId, await hashPassword(password)]);
}
