import { type Rule, sqlRule } from './rule.ts';

const about = { section: 'work', level: 'fault' } as const;

/**
 * How late is too late. The sweeper rings for what is a second overdue, and a killed worker's lease ends after ten, so
 * a minute is only reached by what nobody takes up.
 */
const tooLate = `(select gateway_now()) - interval '60 s'`;

/** Due, and neither held now nor lately. */
const forgotten = (row: string, due: string) =>
  `${row}.status = 'pending' and greatest(${row}.${due}, ${row}.lease_until) < ${tooLate}`;

const lateness = (row: string, due: string) =>
  `format('due at %s, claimed %s times, held by nobody since %s', ${row}.${due}, ${row}.claims, coalesce(${row}.lease_until::text, 'ever'))`;

const lookAtTheWorker = 'Look into the log of the worker for these ids: they are not taken up, or their work fails.';

/** A row that comes back this often is not unlucky. */
const manyClaims = 6;

export const workRules: readonly Rule[] = [
  sqlRule({
    ...about,
    name: 'payment-overdue',
    must: 'A pending payment is taken up within a minute of its due time, unless another attempt of its order is at the acquirer.',
    todo: lookAtTheWorker,
    needsWorker: true,
    offenders: `
      select p.id as subject, ${lateness('p', 'due_at')} as found
      from payments p
      where ${forgotten('p', 'due_at')} and not exists (
        select from payments r where r.order_id = p.order_id and r.holds_charge and r.status = 'pending' and r.id <> p.id
      )`,
  }),
  sqlRule({
    ...about,
    name: 'refund-overdue',
    must: 'A pending refund is taken up within a minute of its due time.',
    todo: lookAtTheWorker,
    needsWorker: true,
    offenders: `select r.id as subject, ${lateness('r', 'due_at')} as found from refunds r where ${forgotten('r', 'due_at')}`,
  }),
  sqlRule({
    ...about,
    name: 'delivery-overdue',
    // A merchant whose endpoint hangs has a backlog, and that is the merchant's affair.
    must: 'A pending delivery is taken up within a minute of its due time, unless its merchant is busy with others.',
    todo: lookAtTheWorker,
    needsWorker: true,
    offenders: `
      select w.id::text as subject, ${lateness('w', 'next_retry_at')} as found
      from webhook_logs w
      where ${forgotten('w', 'next_retry_at')} and w.merchant_id not in (
        select merchant_id from webhook_logs
        where lease_until > (select gateway_now()) or last_attempt_at > ${tooLate}
      )`,
  }),
  sqlRule({
    ...about,
    name: 'due-within-a-day',
    must: 'What is pending is due within a day of its beginning; the longest wait there is takes two hours.',
    todo: 'Set due_at of these rows to the present; until then nobody takes them up.',
    offenders: `
      select id as subject, format('made at %s, due at %s', created_at, due_at) as found
      from (
        select id, status, created_at, due_at from payments union all select id, status, created_at, due_at from refunds
      ) w where status = 'pending' and due_at > created_at + interval '1 day' + interval '1 hour'`,
  }),
  sqlRule({
    ...about,
    name: 'ends-after-its-beginning',
    must: 'Nothing ends before it begins.',
    todo: 'Find out whose clock was wrong: times of these rows cannot be relied on.',
    offenders: `
      select id as subject, format('made at %s, changed at %s', created_at, changed) as found
      from (
        select id, created_at, updated_at as changed from orders union all select id, created_at, updated_at from payments
        union all select id, created_at, processed_at from refunds
      ) w where changed < created_at`,
  }),
  sqlRule({
    ...about,
    name: 'few-claims',
    level: 'warning',
    must: `Work is done by the first claims of it; ${manyClaims} mean that it fails each time.`,
    todo: lookAtTheWorker,
    offenders: `
      select id as subject, format('pending after %s claims', claims) as found
      from (
        select id, claims from payments where status = 'pending'
        union all select id, claims from refunds where status = 'pending'
      ) w where claims >= ${manyClaims}`,
  }),
  sqlRule({
    ...about,
    name: 'the-ended-wait-for-nothing',
    must: 'What has ended is neither due nor held.',
    todo: 'Clear due_at, next_retry_at and lease_until of these rows; a worker may take them up otherwise.',
    offenders: `
      select id as subject, format('%s, due at %s, held until %s', status, coalesce(due::text, 'no time'), coalesce(lease_until::text, 'no time')) as found
      from (
        select id, status, due_at as due, lease_until from payments
        union all select id, status, due_at, lease_until from refunds
        union all select id::text, status, next_retry_at, lease_until from webhook_logs
      ) w where status <> 'pending' and (due is not null or lease_until is not null)`,
  }),
  sqlRule({
    ...about,
    name: 'the-pending-are-due',
    must: 'What is pending says when its next step is due; otherwise no sweep ever finds it.',
    todo: 'Set due_at or next_retry_at of these rows to the present.',
    offenders: `
      select id as subject, 'pending, and due at no time' as found
      from (
        select id, status, due_at as due from payments
        union all select id, status, due_at from refunds
        union all select id::text, status, next_retry_at from webhook_logs
      ) w where status = 'pending' and due is null`,
  }),
];
