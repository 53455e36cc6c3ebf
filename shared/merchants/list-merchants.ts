import { type Queryable, statement } from '../database/database.ts';

export type ListedMerchant = {
  id: string;
  name: string;
  email: string;
  api_key: string;
  is_active: boolean;
  is_operator: boolean;
  has_password: boolean;
  webhook_url: string | null;
  created_at: Date;
};

const list = statement(
  'list-merchants',
  `select id, name, email, api_key, is_active, is_operator, password_hash is not null as has_password, webhook_url, created_at
   from merchants order by created_at, id`,
);

/** All of them, oldest first, without their secrets. For whoever operates the gateway, who has a few hundred at most. */
export const listMerchants = (database: Queryable): Promise<ListedMerchant[]> => database.rows<ListedMerchant>(list);
