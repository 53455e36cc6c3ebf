import { type Rule, sqlRule, succeeded } from './rule.ts';

const about = {
  section: 'money',
  level: 'fault',
  todo: 'Stop refunds of these payments, and find out from their events and the ledger which number is right.',
} as const;

const sumOfRefunds = (statuses: string) =>
  `(select payment_id, sum(amount)::bigint as total from refunds where status in ${statuses} group by payment_id)`;

export const moneyRules: readonly Rule[] = [
  sqlRule({
    ...about,
    name: 'refund-reserved-sum',
    must: "A payment's refund_reserved is the sum of its pending and processed refunds.",
    offenders: `
      select p.id as subject,
             format('refund_reserved is %s, its pending and processed refunds sum up to %s',
                    p.refund_reserved, coalesce(r.total, 0)) as found
      from payments p left join ${sumOfRefunds(`('pending', 'processed')`)} r on r.payment_id = p.id
      where p.refund_reserved <> coalesce(r.total, 0)`,
  }),
  sqlRule({
    ...about,
    name: 'refund-done-sum',
    must: "A payment's refund_done is the sum of its processed refunds.",
    offenders: `
      select p.id as subject,
             format('refund_done is %s, its processed refunds sum up to %s', p.refund_done, coalesce(r.total, 0)) as found
      from payments p left join ${sumOfRefunds(`('processed')`)} r on r.payment_id = p.id
      where p.refund_done <> coalesce(r.total, 0)`,
  }),
  sqlRule({
    ...about,
    name: 'refund-bounds',
    must: 'Nothing is refunded that was not reserved, and no more is reserved than was paid.',
    offenders: `
      select id as subject, format('%s done, %s reserved, of %s', refund_done, refund_reserved, amount) as found
      from payments where not (0 <= refund_done and refund_done <= refund_reserved and refund_reserved <= amount)`,
  }),
  sqlRule({
    ...about,
    name: 'status-follows-refunds',
    must: 'A payment is success with nothing refunded, partially_refunded with a part, refunded with all of it.',
    offenders: `
      select id as subject, format('status is %s with %s of %s refunded', status, refund_done, amount) as found
      from payments
      where status <> case when refund_done = 0 and status in ('pending', 'failed') then status
                           when refund_done = 0 then 'success'
                           when refund_done >= amount then 'refunded'
                           else 'partially_refunded' end`,
  }),
  sqlRule({
    ...about,
    name: 'one-charge-per-order',
    must: 'At most one payment of an order has been charged or is being charged.',
    offenders: `
      select order_id as subject,
             format('%s payments hold its charge: %s', count(*), string_agg(id || ' ' || status, ', ' order by id)) as found
      from payments where holds_charge or status in ${succeeded} group by order_id having count(*) > 1`,
  }),
  sqlRule({
    ...about,
    name: 'order-is-paid-by-a-payment',
    must: 'An order is paid if and only if one of its payments has succeeded.',
    offenders: `
      select o.id as subject,
             case when p.order_id is null then 'it is paid, but none of its payments has succeeded'
                  else 'a payment of it has succeeded, but it is not paid' end as found
      from orders o left join (select distinct order_id from payments where status in ${succeeded}) p on p.order_id = o.id
      where (o.status = 'paid') <> (p.order_id is not null)`,
  }),
  sqlRule({
    ...about,
    name: 'payment-is-of-its-order',
    must: "A payment's merchant, amount and currency are its order's.",
    offenders: `
      select p.id as subject,
             case when o.id is null then format('its order %s is not there', p.order_id)
                  else format('it is %s %s for merchant %s; order %s is %s %s for merchant %s', p.amount, p.currency,
                              p.merchant_id, o.id, o.amount, o.currency, o.merchant_id) end as found
      from payments p left join orders o on o.id = p.order_id
      where o.id is null or (p.merchant_id, p.amount, p.currency) <> (o.merchant_id, o.amount, o.currency)`,
  }),
  sqlRule({
    ...about,
    name: 'refund-is-of-its-payment',
    must: 'A refund belongs to a payment of the same merchant.',
    offenders: `
      select r.id as subject,
             case when p.id is null then format('its payment %s is not there', r.payment_id)
                  else format('it is of merchant %s, payment %s of merchant %s', r.merchant_id, p.id, p.merchant_id)
             end as found
      from refunds r left join payments p on p.id = r.payment_id
      where p.id is null or p.merchant_id <> r.merchant_id`,
  }),
  sqlRule({
    ...about,
    name: 'only-what-was-paid-is-refunded',
    must: 'A refund belongs to a payment that succeeded.',
    offenders: `
      select r.id as subject, format('payment %s is %s', p.id, p.status) as found
      from refunds r join payments p on p.id = r.payment_id where p.status not in ${succeeded}`,
  }),
];
