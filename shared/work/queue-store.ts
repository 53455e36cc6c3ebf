import type { WorkType } from '../contracts/operations.ts';
import { type Queryable, statement } from '../database/database.ts';
import { isHeard } from './heartbeat.ts';

/** Whose work: a merchant's, or null for everybody's. */
export type Whose = string | null;

/** The three kinds of work, each with how its rows say that they wait, are done, or came to nothing. */
const kinds: readonly { type: WorkType; table: string; due: string; completed: string; failed: string }[] = [
  {
    type: 'settle_payment',
    table: 'payments',
    due: 'due_at',
    completed: `status in ('success', 'failed', 'partially_refunded', 'refunded')`,
    failed: 'false',
  },
  {
    type: 'settle_refund',
    table: 'refunds',
    due: 'due_at',
    completed: `status = 'processed'`,
    failed: `status = 'failed'`,
  },
  {
    type: 'deliver_webhook',
    table: 'webhook_logs',
    due: 'next_retry_at',
    completed: `status = 'success'`,
    failed: `status = 'failed'`,
  },
];

export type WorkCounts = {
  type: WorkType;
  pending: number;
  processing: number;
  completed: number;
  failed: number;
  oldest_waiting_seconds: number | null;
};

/** Not a filter that may be left out, so that each has its own plan: the merchant's rows, or all. */
const perWhose = (make: (condition: string) => string, name: string) => ({
  own: statement(`${name}-of-merchant`, make('merchant_id = $1')),
  all: statement(`${name}-of-all`, make('$1::uuid is null')),
});

/* What waits is found by the indexes of what is due, what has ended is counted in an index, without its rows. */
const counts = perWhose(
  (condition) =>
    `with clock as (select gateway_now() as now)
     ${kinds
       .map(
         ({ type, table, due, completed, failed }) => `
     select '${type}' as type, open.pending, open.processing, ended.completed, ended.failed, open.oldest_waiting_seconds
     from (
       select count(*) filter (where lease_until is null or lease_until <= (select now from clock)) as pending,
              count(*) filter (where lease_until > (select now from clock)) as processing,
              floor(extract(epoch from (select now from clock) - min(${due}) filter (
                where ${due} <= (select now from clock) and (lease_until is null or lease_until <= (select now from clock))
              )))::integer as oldest_waiting_seconds
       from ${table} where ${condition} and status = 'pending'
     ) open, (
       select count(*) filter (where ${completed}) as completed, count(*) filter (where ${failed}) as failed
       from ${table} where ${condition}
     ) ended`,
       )
       .join(' union all ')}`,
  'count-queues',
);

export const countWork = (database: Queryable, whose: Whose) =>
  database.rows<WorkCounts>(whose === null ? counts.all : counts.own, [whose]);

export type DueWork = { type: WorkType; id: string; due_at: Date; attempt: number };

const dueNext = perWhose(
  (condition) => `
    (select 'settle_payment' as type, id, due_at, claims + 1 as attempt
     from payments where ${condition} and status = 'pending' order by due_at limit $2)
    union all
    (select 'settle_refund', id, due_at, claims + 1
     from refunds where ${condition} and status = 'pending' order by due_at limit $2)
    union all
    (select 'deliver_webhook', id::text, next_retry_at, attempts + 1
     from webhook_logs where ${condition} and status = 'pending' order by next_retry_at limit $2)
    order by due_at, id limit $2`,
  'due-next',
);

export const listDueNext = (database: Queryable, whose: Whose, limit: number) =>
  database.rows<DueWork>(whose === null ? dueNext.all : dueNext.own, [whose, limit]);

export type FailedWork = { type: WorkType; id: string; error: string; at: Date; is_own: boolean };

/** Why a delivery was given up stands with its last attempt, when a refund failed with its event. */
const failed = perWhose(
  (condition) => `
    (select 'deliver_webhook' as type, w.id::text as id, w.last_attempt_at as at,
            coalesce(a.error, 'answered with ' || a.response_code, 'no attempt was made') as error,
            w.merchant_id = $3 as is_own
     from (select * from webhook_logs where ${condition} and status = 'failed' order by last_attempt_at desc limit $2) w
     left join lateral (
       select error, response_code from webhook_attempts
       where webhook_log_id = w.id order by round desc, number desc limit 1
     ) a on true)
    union all
    (select 'settle_refund', r.id, coalesce(e.created_at, r.created_at), coalesce(r.error_description, r.error_code),
            r.merchant_id = $3
     from (select * from refunds where ${condition} and status = 'failed' order by created_at desc limit $2) r
     left join lateral (
       select created_at from events where payment_id = r.payment_id and refund_id = r.id and type = 'refund.failed' limit 1
     ) e on true)
    order by at desc, id limit $2`,
  'failed-work',
);

/** @param reader who looks: an operator sees what failed of others, and may retry only what is their own. */
export const listFailed = (database: Queryable, whose: Whose, reader: string, limit: number) =>
  database.rows<FailedWork>(whose === null ? failed.all : failed.own, [whose, limit, reader]);

const workers = statement(
  'list-workers',
  `select count(*) filter (where ${isHeard}) as workers,
          max(seen_at) as last_seen_at
   from worker_heartbeats`,
);

export async function countWorkers(database: Queryable): Promise<{ workers: number; last_seen_at: Date | null }> {
  const [row] = await database.rows<{ workers: number; last_seen_at: Date | null }>(workers);
  return row ?? { workers: 0, last_seen_at: null };
}
