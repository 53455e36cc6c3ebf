import type { Attention, AttentionKind } from '../contracts/stats.ts';
import { type Queryable, statement } from '../database/database.ts';
import { isHeard } from '../work/heartbeat.ts';

/** What is this late is taken up by nobody: the sweeper rings after a second, a killed worker's lease ends after ten. */
const overdueMs = 60_000;

/*
 * Each row is found by an index of what is pending or failed, which are few. The oldest comes first in it, but the
 * count needs them all.
 */
const look = statement(
  'look-for-attention',
  `with clock as (select gateway_now() as now, gateway_now() - $2 * interval '1 millisecond' as late),
   found as (
     select 'payments_overdue' as kind, count(*) as count, min(due_at) as since
     from payments where merchant_id = $1 and status = 'pending' and due_at < (select late from clock)
     union all
     select 'refunds_overdue', count(*), min(due_at)
     from refunds where merchant_id = $1 and status = 'pending' and due_at < (select late from clock)
     union all
     select 'refunds_failed', count(*), min(created_at)
     from refunds where merchant_id = $1 and status = 'failed' and created_at >= $3
     union all
     select 'webhooks_failed', count(*), min(last_attempt_at)
     from webhook_logs where merchant_id = $1 and status = 'failed'
     union all
     select 'no_worker', 1 - (count(*) filter (where ${isHeard}) > 0)::integer,
            max(seen_at)
     from worker_heartbeats
   )
   select kind, count, since from found where count > 0`,
);

export type Found = { kind: Exclude<AttentionKind, 'no_webhook_url'>; count: Attention['count']; since: Date | null };

/** @param from only refunds made since then count as news. */
export const lookForAttention = (database: Queryable, merchantId: string, from: Date) =>
  database.rows<Found>(look, [merchantId, overdueMs, from]);
