import { type Rule, sqlRule } from './rule.ts';

const about = {
  section: 'deliveries',
  level: 'fault',
  todo: 'Compare the attempts with what the merchant received, then retry the delivery if it missed something.',
} as const;

/** The answer that ends a delivery; see the sender. */
const arrived = (attempt: string) =>
  `coalesce(${attempt}.response_code between 200 and 299 and ${attempt}.error is null, false)`;

/** Each delivery's newest attempt of all rounds. */
const newestAttempt = `(
  select distinct on (webhook_log_id) * from webhook_attempts order by webhook_log_id, round desc, number desc
)`;

export const deliveryRules: readonly Rule[] = [
  sqlRule({
    ...about,
    name: 'delivery-carries-its-event',
    must: "A delivery carries its event's bytes, type and merchant.",
    offenders: `
      select w.id::text as subject,
             case when e.id is null then format('its event %s is not there', w.event_id)
                  else format('its %s differs from event %s',
                              case when w.payload <> e.payload then 'payload' when w.event <> e.type then 'type' else 'merchant' end,
                              e.id) end as found
      from webhook_logs w left join events e on e.id = w.event_id
      where e.id is null or (w.payload, w.event, w.merchant_id) <> (e.payload, e.type, e.merchant_id)`,
  }),
  sqlRule({
    ...about,
    name: 'event-is-delivered-once',
    must: 'An event has at most one delivery.',
    offenders: `
      select event_id as subject, format('%s deliveries', count(*)) as found
      from webhook_logs group by event_id having count(*) > 1`,
  }),
  sqlRule({
    ...about,
    name: 'attempts-have-no-gaps',
    must: 'The attempts of each round are numbered 1, 2, 3 and so on, and no round is ahead of its delivery.',
    offenders: `
      select a.webhook_log_id::text as subject,
             format('round %s has attempts %s, the delivery is in round %s', a.round, a.numbers, coalesce(w.round::text, 'none')) as found
      from (
        select webhook_log_id, round, count(*) as n, max(number) as last, array_agg(number order by number) as numbers
        from webhook_attempts group by webhook_log_id, round
      ) a left join webhook_logs w on w.id = a.webhook_log_id
      where a.n <> a.last or w.id is null or a.round > w.round`,
  }),
  sqlRule({
    ...about,
    name: 'attempts-are-counted',
    must: 'A delivery counts the attempts of its present round.',
    offenders: `
      select w.id::text as subject,
             format('attempts is %s, round %s has %s', w.attempts, w.round, coalesce(a.n, 0)) as found
      from webhook_logs w left join (
        select webhook_log_id, round, count(*) as n from webhook_attempts group by webhook_log_id, round
      ) a on a.webhook_log_id = w.id and a.round = w.round
      where w.attempts <> coalesce(a.n, 0)`,
  }),
  sqlRule({
    ...about,
    name: 'silence-after-success',
    must: 'After a 2xx a round has no further attempt.',
    offenders: `
      select a.webhook_log_id::text as subject,
             format('round %s went on to attempt %s after attempt %s was answered with %s', a.round, max(b.number), a.number, a.response_code) as found
      from webhook_attempts a join webhook_attempts b using (webhook_log_id, round)
      where b.number > a.number and ${arrived('a')}
      group by a.webhook_log_id, a.round, a.number, a.response_code`,
  }),
  sqlRule({
    ...about,
    name: 'delivery-status-follows',
    must: 'A delivery is success if the last attempt of its round got a 2xx, else failed or pending; failed only after an attempt.',
    offenders: `
      select w.id::text as subject,
             format('it is %s, and the last attempt of round %s %s', w.status, w.round,
                    case when a.number is null then 'has not been made'
                         else 'was answered with ' || coalesce(a.response_code::text, 'nothing') end) as found
      from webhook_logs w left join ${newestAttempt} a on a.webhook_log_id = w.id and a.round = w.round
      where (w.status = 'success') <> ${arrived('a')} or (w.status = 'failed' and a.number is null)`,
  }),
  sqlRule({
    ...about,
    name: 'delivery-shows-its-last-attempt',
    must: "A delivery's last_attempt_at and response are those of its newest attempt.",
    offenders: `
      select w.id::text as subject,
             format('it shows %s at %s, the newest attempt has %s at %s', coalesce(w.response_code::text, 'no answer'),
                    coalesce(w.last_attempt_at::text, 'no time'), coalesce(a.response_code::text, 'no answer'),
                    coalesce(a.attempted_at::text, 'no time')) as found
      from webhook_logs w left join ${newestAttempt} a on a.webhook_log_id = w.id
      where w.last_attempt_at is distinct from a.attempted_at or w.response_code is distinct from a.response_code
         or w.response_body is distinct from a.response_body`,
  }),
];
