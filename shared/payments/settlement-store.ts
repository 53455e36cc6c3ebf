import type { PaymentFailure } from '../contracts/errors.ts';
import { type Database, statement } from '../database/database.ts';
import { gatewayNow } from '../database/clock.ts';
import { isRowsFault } from '../database/rows-fault.ts';
import { violatedConstraint } from '../database/violated-constraint.ts';
import { coalesce } from '../runtime/coalesce.ts';
import { newEvent } from '../webhooks/event.ts';
import { publishStory } from '../webhooks/publish-sql.ts';
import { coalesceClaims } from '../work/coalesce-claims.ts';
import { leaseMs } from '../work/lease.ts';
import { type PaymentCore, paymentEventData } from './payment-row.ts';

/** A payment this process holds for the length of a lease. `claims` is the fence: a later claim has a higher one. */
export type ClaimedPayment = PaymentCore & { acquirer_reference: string; claims: number; order_paid: boolean };

export type Settlement =
  { status: 'success' } | { status: 'failed'; error_code: PaymentFailure; error_description: string };

/** What a settlement set off: the delivery to ring for, and the order's other attempts that waited for this one. */
export type Settled = { deliveryId: string | null; waitingIds: string[] };

export interface SettlementStore {
  /** @returns undefined when the payment is not due, is held, has ended, or must wait for its order's other attempt. */
  claim(id: string): Promise<ClaimedPayment | undefined>;
  /** @returns undefined when the claim was lost: somebody else settles, or settled, this payment. */
  record(claimed: ClaimedPayment, settlement: Settlement): Promise<Settled | undefined>;
}

/*
 * An order is charged by one attempt at a time. A claim either takes the order's only charge (holds_charge, guarded
 * by a unique index), or finds that a rival has been paid, and then ends without asking the acquirer. While a rival is
 * at the acquirer the claim does not happen; the rival's end rings for those who wait. A worker that died while it
 * held the charge still holds it: only the same payment may go on, because only its outcome is unknown.
 *
 * Rows are found by their ids first and judged after: while the tables' statistics are young, PostgreSQL would rather
 * walk all pending rows than look up a few. The clock is read once a statement, not once a row.
 */
const claim = statement(
  'claim-payments',
  `with asked as (
     select id, order_id, status, due_at, lease_until from payments
     where id = any ($1) order by id for update skip locked
   ),
   wanted as (
     select id, order_id from asked
     where status = 'pending' and due_at <= (select gateway_now())
       and (lease_until is null or lease_until <= (select gateway_now()))
   ),
   turn as (
     select distinct on (w.order_id) w.id, w.order_id, false as order_paid from wanted w
     where not exists (select from payments r where r.order_id = w.order_id and r.holds_charge and r.id <> w.id)
     order by w.order_id, w.id
   ),
   late as (
     select w.id, w.order_id, true as order_paid from wanted w
     where exists (
       select from payments r
       where r.order_id = w.order_id and r.holds_charge and r.status <> 'pending' and r.id <> w.id
     )
   )
   update payments p
   set claims = claims + 1, lease_until = (select gateway_now()) + $2 * interval '1 millisecond', holds_charge = not c.order_paid
   from (select * from turn union all select * from late) c
   where p.id = c.id
   returning p.id, p.order_id, p.amount, p.currency, p.method, p.status, p.vpa, p.card_network, p.card_last4,
             p.created_at, p.acquirer_reference, p.claims, c.order_paid`,
);

/** The order's attempts that are due and wait for their turn. */
const othersOf = (orderId: string) => `(
     select id, due_at from (select id, status, due_at from payments where order_id = ${orderId} offset 0) of_order
     where status = 'pending' and due_at <= (select gateway_now())
   )`;

/*
 * A charge that is set free rings for those who wait for it: for all when the order is paid, since each only has to
 * end, for the next one when the attempt failed, and for nobody by those who found the order paid.
 */
const record = statement(
  'record-settlements',
  `with input as (
     select * from unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[])
       as i (id, claims, new_status, code, description, event_id, delivery_id, payload)
   ),
   held as (
     select p.id, p.claims from payments p join input i using (id)
     where p.id = any ($1) and p.status = 'pending' and p.claims = i.claims
     order by p.id for update of p
   ),
   settled as (
     update payments p
     set status = i.new_status, error_code = i.code, error_description = i.description,
         holds_charge = i.new_status = 'success', due_at = null, lease_until = null,
         event_count = event_count + 1, updated_at = $9
     from input i join held using (id, claims)
     where p.id = i.id
     returning p.id, p.claims, p.order_id, p.merchant_id, p.event_count, p.status, p.error_code, i.event_id, i.delivery_id, i.payload
   ),
   paid as (
     update orders o set status = 'paid', updated_at = $9 from settled s where s.status = 'success' and o.id = s.order_id
   ),
   story as (
     select event_id, delivery_id, merchant_id, 'payment.' || status as type, id as payment_id, null::text as refund_id,
            event_count as sequence, payload, $9::timestamptz as at
     from settled
   ),
   ${publishStory}
   select s.id, s.claims, d.id as delivery_id,
          case
            when s.status = 'success' then array (select o.id from ${othersOf('s.order_id')} o where o.id <> s.id)
            when s.error_code <> 'ORDER_ALREADY_PAID' then
              array (select o.id from ${othersOf('s.order_id')} o where o.id <> s.id order by o.due_at limit 1)
            else '{}'
          end as waiting_ids
   from settled s left join delivered d on d.id = s.delivery_id`,
);

export function settlementStore(database: Database): SettlementStore {
  const claimOne = coalesceClaims((ids) => database.rows<ClaimedPayment>(claim, [ids, leaseMs]));

  const recordOne = coalesce(
    (items: readonly { claimed: ClaimedPayment; settlement: Settlement }[]) => recordAll(database, items),
    { retryAlone: isRowsFault },
  );

  return {
    claim: async (id) => {
      try {
        return await claimOne(id);
      } catch (error) {
        // Another claim took the order's charge between our look and our write; its end rings for us.
        if (violatedConstraint(error) === 'payments_one_charge_per_order') return undefined;
        throw error;
      }
    },
    record: (claimed, settlement) => recordOne({ claimed, settlement }),
  };
}

async function recordAll(
  database: Database,
  items: readonly { claimed: ClaimedPayment; settlement: Settlement }[],
): Promise<(Settled | undefined)[]> {
  const now = await gatewayNow(database);
  const entries = items.map(({ claimed, settlement }) => {
    const failure = settlement.status === 'failed' ? settlement : { error_code: null, error_description: null };
    const data = paymentEventData({ ...claimed, status: settlement.status }, failure);
    return {
      ...claimed,
      ...failure,
      status: settlement.status,
      event: newEvent(`payment.${settlement.status}`, data, now),
    };
  });
  const rows = await database.rows<{ id: string; claims: number; delivery_id: string | null; waiting_ids: string[] }>(
    record,
    [
      entries.map(({ id }) => id),
      entries.map(({ claims }) => claims),
      entries.map(({ status }) => status),
      entries.map(({ error_code }) => error_code),
      entries.map(({ error_description }) => error_description),
      entries.map(({ event }) => event.id),
      entries.map(({ event }) => event.deliveryId),
      entries.map(({ event }) => event.payload),
      now,
    ],
  );
  const settled = new Map(rows.map((row) => [`${row.id} ${row.claims}`, row]));
  return entries.map(({ id, claims }) => {
    const row = settled.get(`${id} ${claims}`);
    return row && { deliveryId: row.delivery_id, waitingIds: row.waiting_ids };
  });
}
