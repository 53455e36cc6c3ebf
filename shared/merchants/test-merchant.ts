import { notFound } from '../contracts/errors.ts';
import type { Database } from '../database/database.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { findMerchant, insertMerchant } from './merchant-store.ts';

/** The merchant every sandbox starts with. Its secrets are public, so it exists in a sandbox only. */
export const testMerchant = {
  id: '550e8400-e29b-41d4-a716-446655440000',
  name: 'Test Merchant',
  email: 'test@example.com',
  api_key: 'key_test_abc123',
  api_secret: 'secret_test_xyz789',
  webhook_secret: 'whsec_test_abc123',
} as const;

/** Seeds the test merchant unless it is there. `webhookUrl` is where a new one listens. */
export async function seedTestMerchant(
  { database, sealer }: { database: Database; sealer: Sealer },
  webhookUrl: string | null,
): Promise<void> {
  await insertMerchant(database, {
    ...testMerchant,
    api_secret: sealer.seal(testMerchant.api_secret),
    webhook_secret: sealer.seal(testMerchant.webhook_secret),
    webhook_url: webhookUrl,
    // Whoever has a sandbox to itself operates it.
    is_operator: true,
  });
}

/** @throws NOT_FOUND_ERROR when nothing is seeded, or seeding is off. */
export async function describeTestMerchant({ database }: { database: Database }, seeding: boolean) {
  const merchant = seeding ? await findMerchant(database, testMerchant.id) : undefined;
  if (merchant === undefined) throw notFound('No test merchant is seeded');
  const { id, email, api_key } = merchant;
  return { id, email, api_key, seeded: true as const };
}
