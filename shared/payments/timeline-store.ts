import { timelineLimit } from '../contracts/timeline.ts';
import type { DeliveryStatus, EventType } from '../contracts/webhooks.ts';
import { type Queryable, statement } from '../database/database.ts';

/** An event and one of its deliveries, or none. */
export type StoryRow = {
  event_id: string;
  type: EventType;
  at: Date;
  sequence: number;
  refund_id: string | null;
  payload: string;
  delivery_id: string | null;
  status: DeliveryStatus;
  attempts: number;
  response_code: number | null;
  last_attempt_at: Date | null;
};

const list = statement(
  'list-story',
  `select e.id as event_id, e.type, e.created_at as at, e.sequence, e.refund_id, e.payload,
          w.id as delivery_id, w.status, w.attempts, w.response_code, w.last_attempt_at
   from (
     select * from events where payment_id = $2 and merchant_id = $1 order by sequence limit ${timelineLimit}
   ) e
   left join lateral (select * from webhook_logs w where w.event_id = e.id and w.merchant_id = $1 offset 0) w on true
   order by e.sequence, w.created_at, w.id`,
);

export const listStory = (database: Queryable, merchantId: string, paymentId: string) =>
  database.rows<StoryRow>(list, [merchantId, paymentId]);
