import { migrate } from '../database/migrate.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { seedTestMerchant } from '../merchants/test-merchant.ts';

/**
 * Brings a deployed gateway's database to the newest schema. A deployment calls it before the new code serves: the
 * database may be where the machine that deploys cannot reach it.
 */
export async function prepareDatabase(gateway: Gateway): Promise<void> {
  const { settings, log } = gateway;
  await migrate(settings.DATABASE_URL);
  if (settings.SEED_TEST_MERCHANT) await seedTestMerchant(gateway, null);
  log.info('the database has the newest schema');
}
