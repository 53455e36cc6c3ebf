import { randomBytes, randomUUID } from 'node:crypto';
import { insertMerchant } from '../merchants/merchant-store.ts';
import type { TestGateway } from './test-gateway.ts';

export type AnotherMerchant = {
  id: string;
  /** The headers of its requests. */
  credentials: { 'x-api-key': string; 'x-api-secret': string };
};

/** A merchant beside the seeded one, with a key and secrets that no other has. */
export async function anotherMerchant(
  { gateway, database, sql }: TestGateway,
  { isActive = true, webhookUrl = null }: { isActive?: boolean; webhookUrl?: string | null } = {},
): Promise<AnotherMerchant> {
  const id = randomUUID();
  const [key, secret, webhookSecret] = ['key', 'secret', 'whsec'].map(
    (kind) => `${kind}_${randomBytes(8).toString('hex')}`,
  );
  const credentials = { 'x-api-key': key!, 'x-api-secret': secret! };
  await insertMerchant(database, {
    id,
    name: 'Another Merchant',
    email: `${key}@example.com`,
    api_key: key!,
    api_secret: gateway.sealer.seal(secret!),
    webhook_secret: gateway.sealer.seal(webhookSecret!),
    webhook_url: webhookUrl,
  });
  if (!isActive) await sql('update merchants set is_active = false where id = $1', [id]);
  return { id, credentials };
}
