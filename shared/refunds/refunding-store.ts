import type { RefundFailure } from '../contracts/errors.ts';
import { type Database, type Queryable, statement } from '../database/database.ts';
import { type LockedPayment, lockPayment } from '../payments/lock-payment.ts';
import { newEvent } from '../webhooks/event.ts';
import { publishStory } from '../webhooks/publish-sql.ts';
import { coalesceClaims } from '../work/coalesce-claims.ts';
import { leaseMs } from '../work/lease.ts';
import { refundColumns, refundEventData, type RefundRow } from './refund-row.ts';
import { statusAfterRefund } from './refundable.ts';

/** A refund this process holds for the length of a lease. `claims` is the fence: a later claim has a higher one. */
export type ClaimedRefund = RefundRow & { claims: number; acquirer_reference: string; currency: string };

export type RefundSettlement =
  { status: 'processed' } | { status: 'failed'; error_code: RefundFailure; error_description: string };

export interface RefundingStore {
  /** @returns undefined when the refund is not due, is held, or has ended. */
  claim(id: string): Promise<ClaimedRefund | undefined>;
  /** @returns the delivery to ring for; undefined when the claim was lost: somebody else settles, or settled, it. */
  record(claimed: ClaimedRefund, settlement: RefundSettlement): Promise<{ deliveryId: string | null } | undefined>;
}

const claim = statement(
  'claim-refunds',
  `with asked as (
     select id, status, due_at, lease_until from refunds where id = any ($1) order by id for update skip locked
   ),
   taken as (
     update refunds r
     set claims = claims + 1, lease_until = (select gateway_now()) + $2 * interval '1 millisecond'
     from asked a
     where r.id = a.id and a.status = 'pending' and a.due_at <= (select gateway_now())
       and (a.lease_until is null or a.lease_until <= (select gateway_now()))
     returning r.*
   )
   select ${refundColumns
     .split(', ')
     .map((column) => `t.${column}`)
     .join(', ')}, t.claims, p.acquirer_reference, p.currency
   from taken t join payments p on p.id = t.payment_id`,
);

/*
 * A processed refund turns its reservation into money that went back; a failed one gives the reservation up. The
 * payment follows the refund and nothing else: without the refund's fence it does not move.
 */
const record = statement(
  'record-refund',
  `with settled as (
     update refunds
     set status = $3, error_code = $4, error_description = $5, due_at = null, lease_until = null,
         processed_at = case when $3 = 'processed' then $6::timestamptz end
     where id = $1 and status = 'pending' and claims = $2
     returning id, payment_id, amount, status
   ),
   moved as (
     update payments p
     set refund_done = refund_done + case when s.status = 'processed' then s.amount else 0 end,
         refund_reserved = refund_reserved - case when s.status = 'failed' then s.amount else 0 end,
         status = $7, event_count = event_count + 1, updated_at = $6
     from settled s
     where p.id = s.payment_id
     returning p.id, p.merchant_id, p.event_count
   ),
   story as (
     select $8 as event_id, $9::uuid as delivery_id, m.merchant_id, $10 as type, m.id as payment_id, s.id as refund_id,
            m.event_count as sequence, $11 as payload, $6::timestamptz as at
     from moved m, settled s
   ),
   ${publishStory}
   select (select id from delivered) as delivery_id from settled`,
);

/** One transaction a refund, not one statement for many as payments have: two refunds of a payment follow each other. */
export function refundingStore(database: Database): RefundingStore {
  return {
    claim: coalesceClaims((ids) => database.rows<ClaimedRefund>(claim, [ids, leaseMs])),
    record: (claimed, settlement) =>
      database.transaction(async (within) => {
        const payment = await lockPayment(within, claimed.merchant_id, claimed.payment_id);
        if (payment === undefined) throw new Error('the payment of a refund is gone');
        return recordUnderLock(within, payment, claimed, settlement);
      }),
  };
}

async function recordUnderLock(
  within: Queryable,
  payment: LockedPayment,
  claimed: ClaimedRefund,
  settlement: RefundSettlement,
) {
  const failure = settlement.status === 'failed' ? settlement : { error_code: null, error_description: null };
  const isProcessed = settlement.status === 'processed';
  const status = isProcessed ? statusAfterRefund(payment.amount, payment.refund_done + claimed.amount) : payment.status;
  const refund = { ...claimed, ...settlement, ...failure, processed_at: isProcessed ? payment.now : null };
  const event = newEvent(`refund.${settlement.status}`, refundEventData(refund, { ...payment, status }), payment.now);
  const [row] = await within.rows<{ delivery_id: string | null }>(record, [
    claimed.id,
    claimed.claims,
    settlement.status,
    failure.error_code,
    failure.error_description,
    payment.now,
    status,
    event.id,
    event.deliveryId,
    event.type,
    event.payload,
  ]);
  return row && { deliveryId: row.delivery_id };
}
