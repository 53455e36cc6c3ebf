import { type Queryable, statement } from '../database/database.ts';
import type { Counted } from './totals.ts';

/** `place` is 0 for what is before the first boundary, n for what is from the n-th on, up to the next. */
export type CountedAt = Counted & { place: number };

/*
 * One walk over the merchant's part of an index that has all of this in it. Counters kept in the transactions of the
 * payments would be quicker to read, and would make every merchant's payments wait for each other.
 */
const count = statement(
  'count-payments-by-time',
  `select width_bucket(created_at, $2::timestamptz[]) as place, status, currency, count(*) as payments,
          sum(amount)::bigint as amount, sum(refund_done)::bigint as refunded
   from payments where merchant_id = $1 group by place, status, currency`,
);

/** @param boundaries instants in their order. */
export const countPayments = (database: Queryable, merchantId: string, boundaries: readonly Date[]) =>
  database.rows<CountedAt>(count, [merchantId, boundaries]);
