import { type Database, statement } from '../database/database.ts';
import { endSessionsOf } from './sessions/session-store.ts';

const switchTo = statement(
  'switch-merchant',
  `update merchants set is_active = $2, updated_at = gateway_now() where id = $1 and is_active <> $2 returning id`,
);

/**
 * Lets a merchant in or keeps it out. From the next request on its credentials are refused, its sessions have ended
 * and its orders cannot be paid; what is under way settles, and its webhooks go out.
 * @returns whether that was a change.
 */
export function switchMerchant(database: Database, id: string, isActive: boolean): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const changed = await transaction.rows(switchTo, [id, isActive]);
    if (!isActive) await endSessionsOf(transaction, id);
    return changed.length > 0;
  });
}
