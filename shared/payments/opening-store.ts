import { type Database, type Queryable, statement } from '../database/database.ts';
import { isRowsFault } from '../database/rows-fault.ts';
import { coalesce } from '../runtime/coalesce.ts';
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

type Wanted = { orderId: string; merchantId: string | null };

const findPayable = statement(
  'find-payable-orders',
  `select w.place::integer, o.merchant_id, o.amount, o.currency, o.status, (select gateway_now()) as now
   from unnest($1::text[], $2::uuid[]) with ordinality as w (order_id, merchant_id, place)
   join orders o on o.id = w.order_id
   join merchants m on m.id = o.merchant_id
   where m.is_active and (w.merchant_id is null or o.merchant_id = w.merchant_id)`,
);

async function findPayableOrders(
  database: Queryable,
  wanted: readonly Wanted[],
): Promise<(PayableOrder | undefined)[]> {
  const rows = await database.rows<PayableOrder & { place: number }>(findPayable, [
    wanted.map(({ orderId }) => orderId),
    wanted.map(({ merchantId }) => merchantId),
  ]);
  const byPlace = new Map(rows.map(({ place, ...order }) => [place, order]));
  return wanted.map((_, index) => byPlace.get(index + 1));
}

const open = statement(
  'open-payments',
  `with opened as (
     insert into payments (id, order_id, merchant_id, amount, currency, method, vpa, card_network, card_last4,
                           acquirer_reference, created_at, updated_at, due_at, event_count)
     select id, order_id, merchant_id, amount, currency, method, vpa, card_network, card_last4, acquirer_reference, at,
            at, at + ready_in_ms * interval '1 millisecond', event_count
     from unnest($1::text[], $2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
                 $9::text[], $10::text[], $11::timestamptz[], $12::bigint[], $13::integer[])
       as p (id, order_id, merchant_id, amount, currency, method, vpa, card_network, card_last4, acquirer_reference, at,
             ready_in_ms, event_count)
     returning id, merchant_id, created_at
   ),
   story as (
     select e.event_id, e.delivery_id, o.merchant_id, e.type, o.id as payment_id, null::text as refund_id,
            e.sequence, e.payload, o.created_at as at
     from unnest($14::text[], $15::integer[], $16::text[], $17::uuid[], $18::text[], $19::text[])
       as e (payment_id, sequence, event_id, delivery_id, type, payload)
     join opened o on o.id = e.payment_id
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

/** A payment that is due in `readyInMs`, with the events that begin its story. */
export type Opening = { payment: NewPayment; readyInMs: number; events: readonly NewEvent[] };

/** Writes the payments, their first events and their deliveries in one statement. @returns each one's delivery ids. */
async function insertPayments(database: Queryable, openings: readonly Opening[]): Promise<string[][]> {
  const column = <K extends keyof NewPayment>(name: K) => openings.map(({ payment }) => payment[name]);
  const story = openings.flatMap(({ payment, events }) =>
    events.map((event, index) => ({ ...event, paymentId: payment.id, sequence: index + 1 })),
  );
  const rows = await database.rows<{ id: string }>(open, [
    column('id'),
    column('order_id'),
    column('merchant_id'),
    column('amount'),
    column('currency'),
    column('method'),
    column('vpa'),
    column('card_network'),
    column('card_last4'),
    column('acquirer_reference'),
    column('created_at'),
    openings.map(({ readyInMs }) => readyInMs),
    openings.map(({ events }) => events.length),
    story.map(({ paymentId }) => paymentId),
    story.map(({ sequence }) => sequence),
    story.map(({ id }) => id),
    story.map(({ deliveryId }) => deliveryId),
    story.map(({ type }) => type),
    story.map(({ payload }) => payload),
  ]);
  const delivered = new Set(rows.map(({ id }) => id));
  return openings.map(({ events }) => events.map(({ deliveryId }) => deliveryId).filter((id) => delivered.has(id)));
}

/** Requests that come in together share their statements; each still gets its own answer, or its own error. */
export interface OpeningStore {
  /** @param merchantId null for the public door, where the order says who is paid. */
  findPayable(orderId: string, merchantId: string | null): Promise<PayableOrder | undefined>;
  /**
   * @param alongside is committed together with the payment, or neither is.
   * @returns the ids of the deliveries that were made.
   */
  insert(opening: Opening, alongside?: (within: Queryable) => Promise<void>): Promise<string[]>;
}

export function openingStore(database: Database): OpeningStore {
  const findOne = coalesce((wanted: readonly Wanted[]) => findPayableOrders(database, wanted));
  const insertOne = coalesce((openings: readonly Opening[]) => insertPayments(database, openings), {
    retryAlone: isRowsFault,
  });
  return {
    findPayable: (orderId, merchantId) => findOne({ orderId, merchantId }),
    insert: (opening, alongside) => {
      if (alongside === undefined) return insertOne(opening);
      return database.transaction(async (within) => {
        const [deliveryIds = []] = await insertPayments(within, [opening]);
        await alongside(within);
        return deliveryIds;
      });
    },
  };
}
