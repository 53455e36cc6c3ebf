import { type Queryable, statement } from '../database/database.ts';
import type { NewEvent } from '../webhooks/event.ts';
import { publishStory } from '../webhooks/publish-sql.ts';
import type { PaymentRow } from './payment-row.ts';

/** The order as a payment needs it, and what time it is. */
export type PayableOrder = {
  merchant_id: string;
  amount: number;
  currency: string;
  status: 'created' | 'paid';
  now: Date;
};

const findPayable = statement(
  'find-payable-order',
  `select o.merchant_id, o.amount, o.currency, o.status, gateway_now() as now
   from orders o join merchants m on m.id = o.merchant_id
   where o.id = $1 and m.is_active and ($2::uuid is null or o.merchant_id = $2)`,
);

/** @param merchantId null for the public door, where the order says who is paid. */
export async function findPayableOrder(
  database: Queryable,
  orderId: string,
  merchantId: string | null,
): Promise<PayableOrder | undefined> {
  const [row] = await database.rows<PayableOrder>(findPayable, [orderId, merchantId]);
  return row;
}

const open = statement(
  'open-payment',
  `with opened as (
     insert into payments (id, order_id, merchant_id, amount, currency, method, vpa, card_network, card_last4,
                           acquirer_reference, due_at, event_count, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz + $12 * interval '1 millisecond',
             cardinality($13::text[]), $11, $11)
     returning id, merchant_id
   ),
   story as (
     select e.event_id, e.delivery_id, o.merchant_id, e.type, o.id as payment_id, null::text as refund_id,
            e.sequence, e.payload, $11::timestamptz as at
     from opened o, unnest($13::text[], $14::uuid[], $15::text[], $16::text[])
            with ordinality as e (event_id, delivery_id, type, payload, sequence)
   ),
   ${publishStory}
   select id from delivered`,
);

export type NewPayment = Pick<
  PaymentRow,
  | 'id'
  | 'order_id'
  | 'merchant_id'
  | 'amount'
  | 'currency'
  | 'method'
  | 'vpa'
  | 'card_network'
  | 'card_last4'
  | 'created_at'
> & { acquirer_reference: string };

/**
 * Writes a payment that is due in `readyInMs`, its first events and their deliveries, in one statement.
 * @returns the ids of the deliveries that were made.
 */
export async function insertPayment(
  database: Queryable,
  payment: NewPayment,
  readyInMs: number,
  events: readonly NewEvent[],
): Promise<string[]> {
  const rows = await database.rows<{ id: string }>(open, [
    payment.id,
    payment.order_id,
    payment.merchant_id,
    payment.amount,
    payment.currency,
    payment.method,
    payment.vpa,
    payment.card_network,
    payment.card_last4,
    payment.acquirer_reference,
    payment.created_at,
    readyInMs,
    events.map(({ id }) => id),
    events.map(({ deliveryId }) => deliveryId),
    events.map(({ type }) => type),
    events.map(({ payload }) => payload),
  ]);
  return rows.map(({ id }) => id);
}
