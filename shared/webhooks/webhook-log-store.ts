import type { AttemptTrigger, DeliveryStatus, EventType, ListWebhooks } from '../contracts/webhooks.ts';
import { type Queryable, statement } from '../database/database.ts';
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

const matching = `merchant_id = $1 and ($2::text is null or status = $2) and ($3::text is null or event = $3)`;

const list = statement(
  'list-webhook-logs',
  `select ${columns} from webhook_logs where ${matching} order by created_at desc, id desc limit $4 offset $5`,
);
const count = statement('count-webhook-logs', `select count(*) as total from webhook_logs where ${matching}`);

export async function listWebhookLogs(database: Queryable, merchantId: string, query: ListWebhooks) {
  const { status = null, event = null, limit, offset } = query;
  const [data, [counted]] = await Promise.all([
    database.rows<WebhookLogRow>(list, [merchantId, status, event, limit, offset]),
    database.rows<{ total: number }>(count, [merchantId, status, event]),
  ]);
  return { data, total: counted?.total ?? 0, limit, offset };
}

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
};

const attempts = statement(
  'list-webhook-attempts',
  `select attempted_at, duration_ms, response_code, response_body, error, trigger
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
