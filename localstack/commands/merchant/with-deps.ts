import { connectDatabase, type Database, statement } from '../../../shared/database/database.ts';
import { addressPolicyOf } from '../../../shared/gateway/address-policy-of.ts';
import { createLog } from '../../../shared/runtime/log.ts';
import { readSettings } from '../../../shared/runtime/settings.ts';
import { createSealer, type Sealer } from '../../../shared/secrets/sealer.ts';
import { StartupError } from '../../startup-error.ts';
import type { Deps } from './subcommand.ts';

const newest = statement('newest-api-secret', 'select api_secret from merchants order by updated_at desc limit 1');

/** Runs `work` with what it needs, and closes it again. */
export async function withDeps<T>(env: NodeJS.ProcessEnv, work: (deps: Deps) => Promise<T>): Promise<T> {
  const settings = readSettings(env);
  const database = connectDatabase({ url: settings.DATABASE_URL, poolSize: 1, log: createLog('silent') });
  const sealer = createSealer(settings.SEALING_KEYS);
  try {
    await insistOnSameKeys(database, sealer);
    return await work({ database, sealer, addressPolicy: addressPolicyOf(settings), mode: settings.GATEWAY_MODE });
  } finally {
    await database.close();
  }
}

/** A merchant whose secrets were sealed with a key the gateway does not have could never sign in. */
async function insistOnSameKeys(database: Database, sealer: Sealer): Promise<void> {
  const [merchant] = await database.rows<{ api_secret: string }>(newest);
  if (merchant === undefined) return;
  try {
    sealer.unseal(merchant.api_secret);
  } catch {
    throw new StartupError(
      'The SEALING_KEYS here are not those of the gateway: what it has sealed cannot be read with them. ' +
        'Give this command the same ones, in the environment or in .env.',
    );
  }
}
