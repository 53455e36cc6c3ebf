import { type Queryable, statement } from '../database/database.ts';
import { coalesce } from '../runtime/coalesce.ts';

export type MerchantRow = {
  id: string;
  name: string;
  email: string;
  api_key: string;
  api_secret: string;
  webhook_url: string | null;
  webhook_secret: string;
  is_active: boolean;
  is_operator: boolean;
  created_at: Date;
  updated_at: Date;
};

/** All that is read of a merchant; its password is nobody's business but the sign-in's. */
export const merchantColumns = [
  ...['id', 'name', 'email', 'api_key', 'api_secret', 'webhook_url', 'webhook_secret'],
  ...['is_active', 'is_operator', 'created_at', 'updated_at'],
] as const;
const columns = merchantColumns.join(', ');

const findByKeys = statement('find-merchants-by-key', `select ${columns} from merchants where api_key = any ($1)`);

/** Finds a merchant by its API key. Requests that come in together share a statement. */
export type MerchantFinder = (apiKey: string) => Promise<MerchantRow | undefined>;

export const merchantFinder = (database: Queryable): MerchantFinder =>
  coalesce(async (apiKeys: readonly string[]) => {
    const rows = await database.rows<MerchantRow>(findByKeys, [[...new Set(apiKeys)]]);
    const byKey = new Map(rows.map((row) => [row.api_key, row]));
    return apiKeys.map((apiKey) => byKey.get(apiKey));
  });

const find = statement('find-merchant', `select ${columns} from merchants where id = $1`);

export async function findMerchant(database: Queryable, id: string): Promise<MerchantRow | undefined> {
  const [row] = await database.rows<MerchantRow>(find, [id]);
  return row;
}

const update = statement(
  'update-merchant',
  `update merchants set name = coalesce($2, name),
     webhook_url = case when $3 then $4 else webhook_url end, updated_at = gateway_now()
   where id = $1 returning ${columns}`,
);

/** Changes only what is given; a `webhookUrl` of null clears it. */
export async function changeMerchant(
  database: Queryable,
  id: string,
  change: { name?: string | undefined; webhookUrl?: string | null | undefined },
): Promise<MerchantRow> {
  const { name = null, webhookUrl } = change;
  const [row] = await database.rows<MerchantRow>(update, [id, name, webhookUrl !== undefined, webhookUrl ?? null]);
  if (row === undefined) throw new Error('the merchant to change is gone');
  return row;
}

const insert = statement(
  'insert-merchant',
  `insert into merchants (id, name, email, api_key, api_secret, webhook_url, webhook_secret, is_operator)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (id) do update set webhook_url = coalesce(merchants.webhook_url, excluded.webhook_url),
     is_operator = merchants.is_operator or excluded.is_operator`,
);

export type NewMerchant = Omit<MerchantRow, 'is_active' | 'is_operator' | 'created_at' | 'updated_at'> &
  Partial<Pick<MerchantRow, 'is_operator'>>;

/** A merchant of that id that is there already keeps what it has; a webhook URL or an operator's sight it lacks is added. */
export async function insertMerchant(database: Queryable, merchant: NewMerchant): Promise<void> {
  const { id, name, email, api_key, api_secret, webhook_url, webhook_secret, is_operator = false } = merchant;
  await database.rows(insert, [id, name, email, api_key, api_secret, webhook_url, webhook_secret, is_operator]);
}
