import { type Rule, sqlRule, succeeded } from './rule.ts';

const about = {
  section: 'ledger',
  level: 'fault',
  todo: 'The acquirer and the gateway disagree about money. Settle by hand which of them is right.',
} as const;

/** A working gateway records an answer of the acquirer within the lease it asked under; this is a multiple of it. */
const longOver = `(select gateway_now()) - interval '60 s'`;

/** Recorded soon: it is held by a worker now, or will be claimed within moments. */
const unrecorded = (row: string) => `
  coalesce(${row}.lease_until, '-infinity') < ${longOver}
  and (${row}.due_at is null or ${row}.due_at < ${longOver} or ${row}.due_at > (select gateway_now()))`;

export const ledgerRules: readonly Rule[] = [
  sqlRule({
    ...about,
    name: 'success-has-its-charge',
    must: 'A payment that succeeded has an approved charge of the same amount and currency at the acquirer.',
    offenders: `
      select p.id as subject,
             case when c.payment_id is null then 'the acquirer knows no charge of it'
                  else format('the acquirer has %s for %s %s, the payment is %s %s', c.outcome, c.amount, c.currency,
                              p.amount, p.currency) end as found
      from payments p left join simulated_charges c on c.payment_id = p.id
      where p.status in ${succeeded}
        and (c.payment_id is null or (c.outcome, c.amount, c.currency) <> ('APPROVED', p.amount, p.currency))`,
  }),
  sqlRule({
    ...about,
    name: 'charge-has-its-success',
    must: 'Money the acquirer took belongs to a payment that did not fail.',
    offenders: `
      select c.payment_id as subject,
             format('the acquirer took %s %s, and the payment %s', c.amount, c.currency,
                    case when p.id is null then 'is not there' else 'has failed with ' || coalesce(p.error_code, 'no reason') end) as found
      from simulated_charges c left join payments p on p.id = c.payment_id
      where c.outcome = 'APPROVED' and (p.id is null or p.status = 'failed')`,
  }),
  sqlRule({
    ...about,
    name: 'charge-is-recorded',
    must: 'Money the acquirer took is recorded as a success within moments.',
    offenders: `
      select p.id as subject,
             format('the acquirer took %s %s at %s, and the payment is still pending', c.amount, c.currency, c.charged_at) as found
      from simulated_charges c join payments p on p.id = c.payment_id
      where c.outcome = 'APPROVED' and p.status = 'pending' and ${unrecorded('p')}`,
  }),
  sqlRule({
    ...about,
    name: 'refusal-is-in-the-ledger',
    must: 'A payment failed for the reason the acquirer gave, or because its order was paid already.',
    // PROCESSING_ERROR also stands for answers this version does not know.
    offenders: `
      select p.id as subject,
             case when c.payment_id is null then format('failed with %s, and the acquirer was never asked', p.error_code)
                  else format('failed with %s over %s %s, the acquirer has %s for %s %s', p.error_code, p.amount,
                              p.currency, c.outcome, c.amount, c.currency) end as found
      from payments p left join simulated_charges c on c.payment_id = p.id
      where p.status = 'failed' and p.error_code <> 'ORDER_ALREADY_PAID' and c.outcome is distinct from 'APPROVED'
        and (c.payment_id is null or (c.amount, c.currency) <> (p.amount, p.currency)
             or (c.outcome <> p.error_code and p.error_code <> 'PROCESSING_ERROR'))`,
  }),
  sqlRule({
    ...about,
    name: 'already-paid-is-true',
    must: 'A payment failed with ORDER_ALREADY_PAID only if another payment of its order succeeded.',
    offenders: `
      select p.id as subject, format('no payment of order %s has succeeded', p.order_id) as found
      from payments p
      where p.error_code = 'ORDER_ALREADY_PAID'
        and p.order_id not in (select order_id from payments where status in ${succeeded})`,
  }),
  sqlRule({
    ...about,
    name: 'processed-refund-is-in-the-ledger',
    must: 'The acquirer gave back what a processed refund says, of the same payment, amount and currency.',
    offenders: `
      select r.id as subject,
             case when l.refund_id is null then 'the acquirer knows no refund of it'
                  else format('the acquirer has %s for %s %s of %s, the refund is %s %s of %s', l.outcome, l.amount,
                              l.currency, l.payment_id, r.amount, p.currency, r.payment_id) end as found
      from refunds r join payments p on p.id = r.payment_id left join simulated_refunds l on l.refund_id = r.id
      where r.status = 'processed'
        and (l.refund_id is null
             or (l.outcome, l.payment_id, l.amount, l.currency) <> ('PROCESSED', r.payment_id, r.amount, p.currency))`,
  }),
  sqlRule({
    ...about,
    name: 'returned-money-has-its-refund',
    must: 'Money the acquirer gave back belongs to a refund that did not fail.',
    offenders: `
      select l.refund_id as subject,
             format('the acquirer gave %s %s of %s back, and the refund %s', l.amount, l.currency, l.payment_id,
                    case when r.id is null then 'is not there' else 'has failed' end) as found
      from simulated_refunds l left join refunds r on r.id = l.refund_id
      where l.outcome = 'PROCESSED' and (r.id is null or r.status = 'failed')`,
  }),
  sqlRule({
    ...about,
    name: 'returned-money-is-recorded',
    must: 'Money the acquirer gave back is recorded as processed within moments.',
    offenders: `
      select r.id as subject,
             format('the acquirer gave %s %s back at %s, and the refund is still pending', l.amount, l.currency, l.refunded_at) as found
      from simulated_refunds l join refunds r on r.id = l.refund_id
      where l.outcome = 'PROCESSED' and r.status = 'pending' and ${unrecorded('r')}`,
  }),
  sqlRule({
    ...about,
    name: 'refused-refund-is-in-the-ledger',
    must: 'A refund failed because the acquirer refused it.',
    offenders: `
      select r.id as subject, format('failed with %s, and the acquirer was never asked', r.error_code) as found
      from refunds r left join simulated_refunds l on l.refund_id = r.id
      where r.status = 'failed' and l.refund_id is null`,
  }),
  sqlRule({
    ...about,
    name: 'no-more-returned-than-taken',
    must: 'The acquirer gave back at most what it took for a payment.',
    offenders: `
      select l.payment_id as subject,
             format('%s taken, %s given back', coalesce(max(c.amount), 0), sum(l.amount)) as found
      from simulated_refunds l
      left join simulated_charges c on c.payment_id = l.payment_id and c.outcome = 'APPROVED'
      where l.outcome = 'PROCESSED' group by l.payment_id having sum(l.amount) > coalesce(max(c.amount), 0)`,
  }),
];
