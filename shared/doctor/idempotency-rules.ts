import { type Rule, sqlRule } from './rule.ts';

const about = { section: 'idempotency' } as const;

/** A finding names the key only: the answer under it is the merchant's. */
const subject = `format('%s %s %s', merchant_id, route, key)`;

export const idempotencyRules: readonly Rule[] = [
  sqlRule({
    ...about,
    name: 'kept-answers-are-of-work-done',
    level: 'fault',
    must: 'Only the answer to work that was done is kept: a 2xx.',
    todo: 'Delete these keys: whoever repeats such a request gets the old refusal instead of the work.',
    offenders: `
      select ${subject} as subject, format('a kept answer with status %s', coalesce(status, 'unreadable')) as found
      from (select *, substring(response from '^\\{"status":(\\d+)[,}]') as status from idempotency_keys) k
      where response is not null and coalesce(status, '') !~ '^2\\d\\d$'`,
  }),
  sqlRule({
    ...about,
    name: 'kept-answers-name-what-is-there',
    level: 'fault',
    must: 'A kept answer names an order, a payment or a refund of its merchant that is there.',
    todo: 'Delete these keys: whoever repeats such a request is told of something that never happened.',
    offenders: `
      select ${subject} as subject, format('the kept answer names %s', coalesce(named, 'nothing')) as found
      from (select *, substring(response from '\\\\"id\\\\":\\\\"((?:order|pay|rfnd)_[A-Za-z0-9]{16})\\\\"') as named
            from idempotency_keys where response is not null) k
      where not exists (select from orders o where o.id = k.named and o.merchant_id = k.merchant_id)
        and not exists (select from payments p where p.id = k.named and p.merchant_id = k.merchant_id)
        and not exists (select from refunds r where r.id = k.named and r.merchant_id = k.merchant_id)`,
  }),
  sqlRule({
    ...about,
    name: 'claims-of-keys-end',
    level: 'warning',
    must: 'The first call with a key ends with its answer or frees the key.',
    todo: 'Nothing is lost, and a repetition does the work; but some host was killed, or could not free its keys.',
    offenders: `
      select ${subject} as subject, format('claimed until %s, and no answer', claimed_until) as found
      from idempotency_keys where response is null and claimed_until < (select gateway_now()) - interval '60 s'`,
  }),
];
