import { type Queryable, statement } from '../database/database.ts';

const switchTo = statement(
  'switch-merchant',
  `update merchants set is_active = $2, updated_at = gateway_now() where id = $1 and is_active <> $2 returning id`,
);

/**
 * Lets a merchant in or keeps it out. From the next request on its credentials are refused and its orders cannot be
 * paid; what is under way settles, and its webhooks go out.
 * @returns whether that was a change.
 */
export async function switchMerchant(database: Queryable, id: string, isActive: boolean): Promise<boolean> {
  return (await database.rows(switchTo, [id, isActive])).length > 0;
}
