import type { PaymentStatus } from '../contracts/payments.ts';
import { type Queryable, statement } from '../database/database.ts';
import type { NewEvent } from '../webhooks/event.ts';
import { publishStory } from '../webhooks/publish-sql.ts';
import type { RefundRow } from './refund-row.ts';

type RefundablePayment = {
  status: PaymentStatus;
  amount: number;
  refund_reserved: number;
  currency: string;
  acquirer_reference: string;
};

const find = statement(
  'find-refundable-payment',
  `select status, amount, refund_reserved, currency, acquirer_reference from payments where merchant_id = $1 and id = $2`,
);

export async function findRefundablePayment(
  database: Queryable,
  merchantId: string,
  id: string,
): Promise<RefundablePayment | undefined> {
  const [row] = await database.rows<RefundablePayment>(find, [merchantId, id]);
  return row;
}

/*
 * The counter with its CHECK is the rule itself: whatever came before this statement, it cannot promise more than the
 * payment has, at any isolation level.
 */
const reserve = statement(
  'reserve-refund',
  `with reserved as (
     update payments set refund_reserved = refund_reserved + $3, event_count = event_count + 1, updated_at = $6
     where id = $2 and status in ('success', 'partially_refunded')
     returning id, merchant_id, event_count
   ),
   made as (
     insert into refunds (id, payment_id, merchant_id, amount, reason, due_at, created_at)
     select $1, id, merchant_id, $3, $4, $6::timestamptz + $5 * interval '1 millisecond', $6 from reserved
     returning id
   ),
   story as (
     select $7 as event_id, $8::uuid as delivery_id, r.merchant_id, $9 as type, r.id as payment_id, m.id as refund_id,
            r.event_count as sequence, $10 as payload, $6::timestamptz as at
     from reserved r, made m
   ),
   ${publishStory}
   select (select id from delivered) as delivery_id from made`,
);

/** A refund that is due in `readyInMs`, with the event that begins its story. */
export type Reservation = { refund: RefundRow; readyInMs: number; event: NewEvent };

/** @returns the delivery to ring for, if the merchant listens. */
export async function reserveRefund(
  transaction: Queryable,
  { refund, readyInMs, event }: Reservation,
): Promise<{ deliveryId: string | null }> {
  const { id, payment_id, amount, reason, created_at } = refund;
  const values = [id, payment_id, amount, reason, readyInMs, created_at];
  const [row] = await transaction.rows<{ delivery_id: string | null }>(reserve, [
    ...values,
    event.id,
    event.deliveryId,
    event.type,
    event.payload,
  ]);
  if (row === undefined) throw new Error('a refund of a locked payment could not be reserved');
  return { deliveryId: row.delivery_id };
}
