import { type Queryable, statement } from '../database/database.ts';
import { paymentColumns, type PaymentRow } from './payment-row.ts';

/** A payment that nobody else changes until this transaction ends, and what time it is. */
export type LockedPayment = PaymentRow & {
  refund_reserved: number;
  acquirer_reference: string;
  /** Events of its story so far; the next one has this number plus one. */
  event_count: number;
  now: Date;
};

const lock = statement(
  'lock-payment',
  // The clock stands still from a transaction's begin. Who waited for the lock must not write a time before that of the
  // change it waited for.
  `select ${paymentColumns}, refund_reserved, acquirer_reference, event_count, greatest(gateway_now(), updated_at) as now
   from payments where merchant_id = $1 and id = $2 for update`,
);

/** Everything that changes a settled payment goes through this lock, so that its rules see what they change. */
export async function lockPayment(
  transaction: Queryable,
  merchantId: string,
  id: string,
): Promise<LockedPayment | undefined> {
  const [row] = await transaction.rows<LockedPayment>(lock, [merchantId, id]);
  return row;
}
