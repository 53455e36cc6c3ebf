import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { badRequest } from '../contracts/errors.ts';
import { updateMerchantBody } from '../contracts/merchants.ts';
import { type Database, statement } from '../database/database.ts';
import type { Settings } from '../runtime/settings.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { type AddressPolicy, checkWebhookUrl } from '../webhooks/outgoing/address-policy.ts';
import { newWebhookSecret } from '../webhooks/outgoing/sign.ts';
import { newApiKey, newApiSecret } from './merchant-keys.ts';

const { name: nameForm } = updateMerchantBody.shape;
/** In lower case, as everybody writes them sooner or later: one address is one merchant. */
const emailForm = z.string().trim().toLowerCase().max(254).pipe(z.email());

const create = statement(
  'create-merchant',
  `insert into merchants (id, name, email, api_key, api_secret, webhook_url, webhook_secret, is_operator)
   values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (email) do nothing
   returning id, name, email, api_key, webhook_url, is_operator, created_at`,
);

type CreatedRow = {
  id: string;
  name: string;
  email: string;
  api_key: string;
  webhook_url: string | null;
  is_operator: boolean;
  created_at: Date;
};

/**
 * Makes a merchant with a key and secrets of its own. Its API secret is told here; later only to whoever has it, or is signed in.
 * @throws BAD_REQUEST_ERROR for a name, an e-mail address or a webhook URL that cannot be, or an address that is taken.
 */
export async function createMerchant(
  deps: { database: Database; sealer: Sealer; addressPolicy: AddressPolicy; mode: Settings['GATEWAY_MODE'] },
  wish: { name: string; email: string; webhookUrl?: string | undefined; isOperator?: boolean },
): Promise<CreatedRow & { api_secret: string; webhook_secret: string }> {
  const { database, sealer, mode } = deps;
  const [name, email, url] = [checkedName(wish.name), checkedEmail(wish.email), checkedUrl(deps, wish.webhookUrl)];
  const [secret, webhookSecret] = [newApiSecret(mode), newWebhookSecret(randomBytes)];
  const sealed = [sealer.seal(secret), url, sealer.seal(webhookSecret)];
  const values = [crypto.randomUUID(), name, email, newApiKey(mode), ...sealed, wish.isOperator ?? false];
  const [row] = await database.rows<CreatedRow>(create, values);
  if (row === undefined) throw badRequest(`There is a merchant with the e-mail address ${email} already.`, 'email');
  return { ...row, api_secret: secret, webhook_secret: webhookSecret };
}

function checkedName(given: string): string {
  const { data, error } = nameForm.safeParse(given);
  if (data === undefined) throw badRequest(`The ${error?.issues[0]?.message ?? 'name is missing'}.`, 'name');
  return data;
}

function checkedEmail(given: string): string {
  const { data } = emailForm.safeParse(given);
  if (data === undefined) throw badRequest(`${JSON.stringify(given)} is not an e-mail address.`, 'email');
  return data;
}

function checkedUrl({ addressPolicy }: { addressPolicy: AddressPolicy }, given: string | undefined): string | null {
  if (given === undefined) return null;
  const checked = checkWebhookUrl(given, addressPolicy);
  if (!checked.ok) throw badRequest(checked.reason, 'webhook_url');
  return given;
}
