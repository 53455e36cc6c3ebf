import { badRequest } from '../contracts/errors.ts';
import type { UpdateMerchant } from '../contracts/merchants.ts';
import type { Database } from '../database/database.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { type AddressPolicy, checkWebhookUrl } from '../webhooks/outgoing/address-policy.ts';
import { changeMerchant, type MerchantRow } from './merchant-store.ts';

/** What a merchant sees of itself. The API secret is not among it: it is shown when it is asked for by its name. */
export function shownMerchant({ sealer }: { sealer: Sealer }, merchant: MerchantRow) {
  const { id, name, email, api_key, webhook_url, webhook_secret, created_at, updated_at } = merchant;
  return {
    id,
    name,
    email,
    api_key,
    webhook_url,
    webhook_secret: sealer.unseal(webhook_secret),
    created_at,
    updated_at,
  };
}

export const revealApiSecret = ({ sealer }: { sealer: Sealer }, { api_secret }: MerchantRow) => ({
  api_secret: sealer.unseal(api_secret),
});

/** @throws BAD_REQUEST_ERROR for an address webhooks must not be sent to. */
export async function updateMerchant(
  deps: { database: Database; sealer: Sealer; addressPolicy: AddressPolicy },
  merchantId: string,
  { name, webhook_url }: UpdateMerchant,
) {
  if (typeof webhook_url === 'string') {
    const checked = checkWebhookUrl(webhook_url, deps.addressPolicy);
    if (!checked.ok) throw badRequest(checked.reason, 'webhook_url');
  }
  return shownMerchant(deps, await changeMerchant(deps.database, merchantId, { name, webhookUrl: webhook_url }));
}
