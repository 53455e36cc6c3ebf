import { type Queryable, statement } from '../database/database.ts';

/** Locked rows are being claimed anew at this moment; they are not expired any more when that is done. */
const purge = statement(
  'purge-idempotency-keys',
  `with expired as (
     select merchant_id, route, key from idempotency_keys where expires_at <= (select gateway_now())
     order by expires_at limit $1 for update skip locked
   )
   delete from idempotency_keys k using expired e
   where k.merchant_id = e.merchant_id and k.route = e.route and k.key = e.key returning true`,
);

/** Short statements, so that none of them stands in a request's way for long. */
const batch = 1_000;

/** Deletes the keys whose life is over. Nothing depends on it: an expired key counts as new. @returns how many. */
export async function purgeExpiredKeys({ database }: { database: Queryable }): Promise<number> {
  let total = 0;
  for (;;) {
    const { length } = await database.rows(purge, [batch]);
    total += length;
    if (length < batch) return total;
  }
}
