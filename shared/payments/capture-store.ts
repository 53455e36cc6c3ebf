import { type Queryable, statement } from '../database/database.ts';
import type { NewEvent } from '../webhooks/event.ts';
import { publishStory } from '../webhooks/publish-sql.ts';
import type { LockedPayment } from './lock-payment.ts';

const capture = statement(
  'capture-payment',
  `with captured as (
     update payments set captured = true, event_count = event_count + 1, updated_at = $2
     where id = $1 and status = 'success' and not captured
     returning id, merchant_id, event_count
   ),
   story as (
     select $3 as event_id, $4::uuid as delivery_id, merchant_id, $5 as type, id as payment_id, null::text as refund_id,
            event_count as sequence, $6 as payload, $2::timestamptz as at
     from captured
   ),
   ${publishStory}
   select (select id from delivered) as delivery_id from captured`,
);

/** @returns the delivery to ring for, if the merchant listens. */
export async function markCaptured(
  transaction: Queryable,
  payment: LockedPayment,
  event: NewEvent,
): Promise<{ deliveryId: string | null }> {
  const values = [payment.id, payment.now, event.id, event.deliveryId, event.type, event.payload];
  const [row] = await transaction.rows<{ delivery_id: string | null }>(capture, values);
  if (row === undefined) throw new Error('a locked payment could not be captured');
  return { deliveryId: row.delivery_id };
}
