import { eventType } from '../contracts/webhooks.ts';
import { type Rule, sqlRule } from './rule.ts';

const about = {
  section: 'events',
  level: 'fault',
  todo: 'The story of these payments was changed from outside; restore the events from a backup.',
} as const;

const knownTypes = eventType.options.map((type) => `'${type}'`).join(', ');

/** An event's body begins with its type and names what it is about; being compact JSON, its text can be searched. */
const named = (id: string) => `strpos(e.payload, '"id":"' || ${id} || '"') > 0`;
const valued = (amount: string) => `strpos(e.payload, '"amount":' || ${amount} || ',') > 0`;

export const eventRules: readonly Rule[] = [
  sqlRule({
    ...about,
    name: 'payment-begins-its-story',
    must: 'A payment has one payment.created, at place 1, and one payment.pending, at place 2.',
    offenders: `
      select p.id as subject,
             format('payment.created stands at %s, payment.pending at %s', coalesce(e.created, '{}'), coalesce(e.pending, '{}')) as found
      from payments p left join (
        select payment_id, array_agg(sequence) filter (where type = 'payment.created') as created,
               array_agg(sequence) filter (where type = 'payment.pending') as pending
        from events where type in ('payment.created', 'payment.pending') group by payment_id
      ) e on e.payment_id = p.id
      where e.created is distinct from '{1}' or e.pending is distinct from '{2}'`,
  }),
  sqlRule({
    ...about,
    name: 'payment-has-one-end',
    must: 'A payment that has ended has exactly one event that says how; a pending one has none.',
    offenders: `
      select p.id as subject, format('it is %s with %s', p.status, coalesce(e.ends, '{}')) as found
      from payments p left join (
        select payment_id, array_agg(type) as ends
        from events where type in ('payment.success', 'payment.failed') group by payment_id
      ) e on e.payment_id = p.id
      where coalesce(e.ends, '{}') <> case p.status when 'pending' then array[]::text[]
                                                    when 'failed' then array['payment.failed']
                                                    else array['payment.success'] end`,
  }),
  sqlRule({
    ...about,
    name: 'captured-is-told-once',
    must: 'A captured payment has succeeded and has one payment.captured; any other has none.',
    offenders: `
      select p.id as subject,
             format('it is %s, captured is %s, payment.captured stands %s times', p.status, p.captured, coalesce(e.n, 0)) as found
      from payments p left join (
        select payment_id, count(*) as n from events where type = 'payment.captured' group by payment_id
      ) e on e.payment_id = p.id
      where coalesce(e.n, 0) <> p.captured::integer or (p.captured and p.status in ('pending', 'failed'))`,
  }),
  sqlRule({
    ...about,
    name: 'refund-begins-its-story',
    must: 'A refund has exactly one refund.created.',
    offenders: `
      select r.id as subject, format('refund.created stands %s times', coalesce(e.n, 0)) as found
      from refunds r left join (
        select refund_id, count(*) as n from events where type = 'refund.created' group by refund_id
      ) e on e.refund_id = r.id
      where coalesce(e.n, 0) <> 1`,
  }),
  sqlRule({
    ...about,
    name: 'refund-has-one-end',
    must: 'A refund that has ended has exactly one event that says how; a pending one has none.',
    offenders: `
      select r.id as subject, format('it is %s with %s', r.status, coalesce(e.ends, '{}')) as found
      from refunds r left join (
        select refund_id, array_agg(type) as ends
        from events where type in ('refund.processed', 'refund.failed') group by refund_id
      ) e on e.refund_id = r.id
      where coalesce(e.ends, '{}') <> case r.status when 'pending' then array[]::text[] else array['refund.' || r.status] end`,
  }),
  sqlRule({
    ...about,
    name: 'story-has-no-gaps',
    must: "The events of a payment stand at 1, 2, 3 and so on up to the payment's event_count.",
    offenders: `
      select p.id as subject,
             format('event_count is %s, events stand at %s', p.event_count, coalesce(e.places, '{}')) as found
      from payments p left join (
        select payment_id, count(*) as n, min(sequence) as first, max(sequence) as last,
               array_agg(sequence order by sequence) as places
        from events where payment_id is not null group by payment_id
      ) e on e.payment_id = p.id
      where e.n is null or e.first <> 1 or e.last <> p.event_count or e.n <> p.event_count
         or e.places <> array(select generate_series(1, p.event_count))`,
  }),
  sqlRule({
    ...about,
    name: 'story-is-in-order',
    must: 'A payment succeeds before it is captured or refunded, and a refund is created before it ends.',
    offenders: `
      select payment_id as subject,
             format('place %s comes after the success, which stands at %s', later, coalesce(ended::text, 'no place')) as found
      from (
        select payment_id, max(sequence) filter (where type = 'payment.success') as ended,
               min(sequence) filter (where type = 'payment.captured' or type like 'refund.%') as later
        from events where payment_id is not null group by payment_id
      ) e where later is not null and (ended is null or later < ended)
      union all
      select refund_id, format('it ends at place %s and is created at %s', ended, created)
      from (
        select refund_id, min(sequence) filter (where type = 'refund.created') as created,
               min(sequence) filter (where type <> 'refund.created') as ended
        from events where refund_id is not null group by refund_id
      ) e where ended < created`,
  }),
  sqlRule({
    ...about,
    name: 'event-has-its-subject',
    must: "A payment's event names the payment, a refund's event the refund and its payment, a test neither.",
    offenders: `
      select e.id as subject, format('a %s of payment %s and refund %s', e.type, coalesce(e.payment_id, 'none'), coalesce(e.refund_id, 'none')) as found
      from events e left join refunds r on r.id = e.refund_id
      where e.type not in (${knownTypes})
         or (e.payment_id is not null) <> (e.type like 'payment.%' or e.type like 'refund.%')
         or (e.refund_id is not null) <> (e.type like 'refund.%')
         or r.payment_id <> e.payment_id`,
  }),
  sqlRule({
    ...about,
    name: 'event-says-what-it-is',
    must: "The body of an event carries its type, and its payment's and refund's id and amount.",
    offenders: `
      select e.id as subject, format('the body of this %s speaks of something else', e.type) as found
      from events e left join payments p on p.id = e.payment_id left join refunds r on r.id = e.refund_id
      where not starts_with(e.payload, '{"event":"' || e.type || '",')
         or not (p.id is null or (${named('p.id')} and ${valued('p.amount')}))
         or not (r.id is null or (${named('r.id')} and ${valued('r.amount')}))`,
  }),
];
