import { connectDatabase } from '../shared/database/database.ts';
import { seedTestMerchant } from '../shared/merchants/test-merchant.ts';
import { createLog } from '../shared/runtime/log.ts';
import { readSettings } from '../shared/runtime/settings.ts';
import { createSealer } from '../shared/secrets/sealer.ts';

/** Seeds the test merchant where the settings ask for it. A merchant that is there keeps what it has set. */
export async function seed({
  env,
  databaseUrl,
  testMerchantWebhookUrl,
}: {
  env: NodeJS.ProcessEnv;
  databaseUrl: string;
  testMerchantWebhookUrl: string | null;
}): Promise<void> {
  const settings = readSettings(env);
  if (!settings.SEED_TEST_MERCHANT) return;
  const database = connectDatabase({ url: databaseUrl, poolSize: 1, log: createLog('warn') });
  try {
    await seedTestMerchant({ database, sealer: createSealer(settings.SEALING_KEYS) }, testMerchantWebhookUrl);
  } finally {
    await database.close();
  }
}
