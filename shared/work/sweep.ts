import { type Database, statement } from '../database/database.ts';
import type { Bell, Doorbell, JobType } from '../queue/doorbell.ts';

/** A row whose own bell was just rung needs no second one; a row overdue by this much has lost its bell. */
const graceMs = 1_000;

type DueRow = { id: string; type: JobType; delay_ms: number };

/** An attempt that must wait for its order's other attempt is rung for by that one's end. */
const duePayments = statement(
  'due-payments',
  `select id, 'settle-payment' as type, greatest(0, extract(epoch from due_at - (select gateway_now())) * 1000)::integer as delay_ms
   from payments p
   where status = 'pending' and due_at <= (select gateway_now()) + $1 * interval '1 millisecond'
     and (lease_until is null or lease_until <= (select gateway_now()))
     and not exists (
       select from payments r where r.order_id = p.order_id and r.holds_charge and r.status = 'pending' and r.id <> p.id
     )
   order by due_at limit $2`,
);

const dueRefunds = statement(
  'due-refunds',
  `select id, 'settle-refund' as type, greatest(0, extract(epoch from due_at - (select gateway_now())) * 1000)::integer as delay_ms
   from refunds
   where status = 'pending' and due_at <= (select gateway_now()) + $1 * interval '1 millisecond'
     and (lease_until is null or lease_until <= (select gateway_now()))
   order by due_at limit $2`,
);

/*
 * In turns, each merchant's most overdue row first: the backlogs of hung endpoints must not fill the sweep. The merchants are
 * walked by index (a loose scan), so merchants with thousands of waiting rows cost no more than others.
 */
const dueDeliveries = statement(
  'due-deliveries',
  `with recursive waiting (merchant_id) as (
     (select merchant_id from webhook_logs where status = 'pending' order by merchant_id limit 1)
     union all
     select (select n.merchant_id from webhook_logs n
             where n.status = 'pending' and n.merchant_id > w.merchant_id order by n.merchant_id limit 1)
     from waiting w where w.merchant_id is not null
   )
   select d.id, 'deliver-webhook' as type,
          greatest(0, extract(epoch from d.next_retry_at - (select gateway_now())) * 1000)::integer as delay_ms
   from waiting w
   cross join lateral (
     select id, next_retry_at, row_number() over (order by next_retry_at) as place from webhook_logs l
     where l.merchant_id = w.merchant_id and l.status = 'pending'
       and l.next_retry_at <= (select gateway_now()) + $1 * interval '1 millisecond'
       and (l.lease_until is null or l.lease_until <= (select gateway_now()))
     order by l.next_retry_at limit $3
   ) d
   order by d.place, d.next_retry_at limit $2`,
);

/**
 * Rings for every row that is overdue, or falls due within the horizon, and that nobody holds. This is what makes a
 * queue message dispensable.
 * @param horizonMs how far ahead to look: the time to the next sweep where sweeps are rare, 0 where they are frequent.
 * @param maxRows how many rows of a kind to ring for; the next sweep takes the next ones.
 * @returns how many bells were rung.
 */
export async function sweep(
  { database, doorbell }: { database: Database; doorbell: Doorbell },
  { horizonMs, perMerchant, maxRows = 1_000 }: { horizonMs: number; perMerchant: number; maxRows?: number },
): Promise<number> {
  const untilMs = horizonMs > 0 ? horizonMs : -graceMs;
  const due = await Promise.all([
    database.rows<DueRow>(duePayments, [untilMs, maxRows]),
    database.rows<DueRow>(dueRefunds, [untilMs, maxRows]),
    database.rows<DueRow>(dueDeliveries, [untilMs, maxRows, perMerchant]),
  ]);
  const bells: Bell[] = due.flat().map(({ id, type, delay_ms }) => ({ id, type, delayMs: delay_ms }));
  if (bells.length > 0) await doorbell.ringOnce(bells);
  return bells.length;
}
