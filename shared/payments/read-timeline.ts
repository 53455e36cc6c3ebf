import { notFound } from '../contracts/errors.ts';
import type { Database } from '../database/database.ts';
import { describeEvent } from './describe-event.ts';
import { findPayment } from './payment-store.ts';
import { listStory, type StoryRow } from './timeline-store.ts';

/**
 * The story of a payment and its refunds, each event with what became of telling it to the merchant.
 * @throws NOT_FOUND_ERROR also for another merchant's payment.
 */
export async function readTimeline({ database }: { database: Database }, merchantId: string, id: string) {
  if ((await findPayment(database, merchantId, id)) === undefined) throw notFound('Payment not found');
  const rows = await listStory(database, merchantId, id);
  return { data: [...Map.groupBy(rows, ({ sequence }) => sequence).values()].map(shownEntry) };
}

/** @param rows one for each delivery of the event, or one without any. */
function shownEntry(rows: readonly StoryRow[]) {
  const [{ event_id, type, at, sequence, refund_id, payload }] = rows as [StoryRow];
  const deliveries = rows.flatMap(({ delivery_id, status, attempts, response_code, last_attempt_at }) =>
    delivery_id === null ? [] : [{ id: delivery_id, status, attempts, response_code, last_attempt_at }],
  );
  return { event_id, type, at, sequence, refund_id, description: describeEvent(type, payload), deliveries };
}
