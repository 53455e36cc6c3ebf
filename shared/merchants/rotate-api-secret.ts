import { type Database, statement } from '../database/database.ts';
import type { Settings } from '../runtime/settings.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { newApiSecret } from './merchant-keys.ts';
import { endSessionsOf } from './sessions/session-store.ts';

const replace = statement(
  'replace-api-secret',
  `update merchants set api_secret = $2, updated_at = gateway_now() where id = $1`,
);

/** Makes a new API secret and answers it. The old one ends at once: who rotates it has lost it, or fears so. So do
 * the merchant's sessions, for the dashboard shows the secret. */
export async function rotateApiSecret(
  { database, sealer, mode }: { database: Database; sealer: Sealer; mode: Settings['GATEWAY_MODE'] },
  merchantId: string,
): Promise<string> {
  const secret = newApiSecret(mode);
  await database.transaction(async (transaction) => {
    await transaction.rows(replace, [merchantId, sealer.seal(secret)]);
    await endSessionsOf(transaction, merchantId);
  });
  return secret;
}
