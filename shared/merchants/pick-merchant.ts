import { notFound } from '../contracts/errors.ts';
import { type Queryable, statement } from '../database/database.ts';

const pick = statement(
  'pick-merchant',
  `select id, name, email, api_key, is_active, is_operator from merchants
   where id::text = lower($1) or email = lower($1) or api_key = $1`,
);

export type PickedMerchant = {
  id: string;
  name: string;
  email: string;
  api_key: string;
  is_active: boolean;
  is_operator: boolean;
};

/**
 * The merchant somebody means by an id, an e-mail address or an API key; none of the three looks like another.
 * @throws NOT_FOUND_ERROR
 */
export async function pickMerchant(database: Queryable, who: string): Promise<PickedMerchant> {
  const [merchant] = await database.rows<PickedMerchant>(pick, [who.trim()]);
  if (merchant === undefined)
    throw notFound(`No merchant has the id, e-mail address or API key ${JSON.stringify(who)}.`);
  return merchant;
}
