import type { AttemptTrigger, DeliveryStatus, EventType } from '../contracts/webhooks.ts';
import { type Queryable, statement } from '../database/database.ts';
import { merchantList } from '../database/merchant-list.ts';
import type { NewEvent } from './event.ts';
import { publishStory } from './publish-sql.ts';

export type WebhookLogRow = {
  id: string;
  event: EventType;
  status: DeliveryStatus;
  attempts: number;
  created_at: Date;
  last_attempt_at: Date | null;
  response_code: number | null;
};

const columns = 'id, event, status, attempts, created_at, last_attempt_at, response_code';

export const listWebhookLogs = merchantList<WebhookLogRow, 'status' | 'event'>({
  name: 'webhooks',
  table: 'webhook_logs',
  columns,
  filters: { status: (value) => `status = ${value}`, event: (value) => `event = ${value}` },
});

export type WebhookLogDetailRow = WebhookLogRow & {
  event_id: string;
  url: string;
  payload: string;
  next_retry_at: Date | null;
  response_body: string | null;
};

const find = statement(
  'find-webhook-log',
  `select ${columns}, event_id, url, payload, next_retry_at, response_body
   from webhook_logs where merchant_id = $1 and id = $2`,
);

export async function findWebhookLog(database: Queryable, merchantId: string, id: string) {
  const [row] = await database.rows<WebhookLogDetailRow>(find, [merchantId, id]);
  return row;
}

export type WebhookAttemptRow = {
  attempted_at: Date;
  duration_ms: number;
  response_code: number | null;
  response_body: string | null;
  error: string | null;
  trigger: AttemptTrigger;
  request_headers: Record<string, string> | null;
  response_headers: Record<string, string> | null;
};

const attempts = statement(
  'list-webhook-attempts',
  `select attempted_at, duration_ms, response_code, response_body, error, trigger, request_headers, response_headers
   from webhook_attempts where webhook_log_id = $1 order by round, number`,
);

export const listAttempts = (database: Queryable, id: string) => database.rows<WebhookAttemptRow>(attempts, [id]);

/*
 * A new round of attempts. An attempt that is in flight at this moment is left to end: it becomes the first of the new
 * round, and the receiver is not called twice at once.
 */
const retry = statement(
  'retry-webhook',
  `update webhook_logs
   set status = 'pending', attempts = 0, round = round + 1,
       next_retry_at = case when lease_until > gateway_now() then next_retry_at else gateway_now() end
   where merchant_id = $1 and id = $2 returning id`,
);

export async function beginRetry(database: Queryable, merchantId: string, id: string): Promise<boolean> {
  return (await database.rows(retry, [merchantId, id])).length > 0;
}

const retryFailed = statement(
  'retry-failed-webhooks',
  `with chosen as (
     select id from webhook_logs where merchant_id = $1 and status = 'failed'
     order by last_attempt_at limit $2 for update skip locked
   )
   update webhook_logs w
   set status = 'pending', attempts = 0, round = round + 1, next_retry_at = (select gateway_now())
   from chosen c where w.id = c.id returning w.id`,
);

/** A new round for those that were given up, the oldest first. @returns their ids. */
export async function beginRetries(database: Queryable, merchantId: string, atMost: number): Promise<string[]> {
  return (await database.rows<{ id: string }>(retryFailed, [merchantId, atMost])).map(({ id }) => id);
}

const publish = statement(
  'publish-test-event',
  `with story as (
     select $1 as event_id, $2::uuid as delivery_id, $3::uuid as merchant_id, $4 as type, null::text as payment_id,
            null::text as refund_id, 0 as sequence, $5 as payload, $6::timestamptz as at
   ),
   ${publishStory}
   select id from delivered`,
);

/** @returns the id of the delivery, or undefined when the merchant has no URL. */
export async function insertMerchantEvent(
  database: Queryable,
  merchantId: string,
  event: NewEvent,
  at: Date,
): Promise<string | undefined> {
  const values = [event.id, event.deliveryId, merchantId, event.type, event.payload, at];
  const [row] = await database.rows<{ id: string }>(publish, values);
  return row?.id;
}
