/** How each rule is broken in one place. The last statement answers the row that is then wrong. */
export type Corruption = {
  rule: string;
  how: string;
  /** A constraint or index the database would refuse it with: a table and what its definition is like, or an index. */
  without?: { constraint: [table: string, like: string] } | { index: string };
  sql: string[];
  /** Other rules that say the same wrong in their way. */
  also?: string[];
};

const one = (table: string, where: string, column = 'id') =>
  `(select ${column} from ${table} where ${where} order by id limit 1)`;
const change = (table: string, set: string, where: string, subject = 'id') =>
  `update ${table} set ${set} where id = ${one(table, where)} returning ${subject}::text as subject`;
const plain = `status = 'success' and not captured`;
const another = (type: string, as: string, where: string, subject: string) => [
  `insert into events (id, merchant_id, type, payment_id, refund_id, sequence, payload, created_at)
   select 'evt_doctordoctor0001', e.merchant_id, '${as}', e.payment_id, e.refund_id, p.event_count + 1,
          replace(e.payload, '"${type}"', '"${as}"'), e.created_at
   from events e join payments p on p.id = e.payment_id left join refunds r on r.id = e.refund_id
   where e.type = '${type}' and ${where} order by e.id limit 1`,
  `update payments set event_count = event_count + 1
   where id = (select payment_id from events where id = 'evt_doctordoctor0001')`,
  `select ${subject} as subject from events where id = 'evt_doctordoctor0001'`,
];
const swap = (a: string, b: string) => [
  `create temp table story on commit drop as
   select x.payment_id, x.sequence as x, y.sequence as y
   from events x join events y using (payment_id) where x.type = '${a}' and y.type = '${b}' order by 1 limit 1`,
  `update events e set sequence = s.x + s.y - e.sequence from story s
   where e.payment_id = s.payment_id and e.type in ('${a}', '${b}')`,
  `select payment_id as subject from story`,
];

export const corruptions: readonly Corruption[] = [
  {
    rule: 'refund-reserved-sum',
    how: 'a paisa more reserved',
    sql: [change('payments', 'refund_reserved = refund_reserved + 1', `status = 'partially_refunded'`)],
  },
  {
    rule: 'refund-reserved-sum',
    how: 'a reservation without a refund',
    sql: [change('payments', 'refund_reserved = 100', plain)],
  },
  {
    rule: 'refund-done-sum',
    how: 'a paisa less done',
    sql: [change('payments', 'refund_done = refund_done - 1', `status = 'partially_refunded'`)],
  },
  {
    rule: 'refund-bounds',
    how: 'more reserved than paid',
    without: { constraint: ['payments', '%refund_done%'] },
    sql: [change('payments', 'refund_reserved = amount + 1', plain)],
    also: ['refund-reserved-sum'],
  },
  {
    rule: 'status-follows-refunds',
    how: 'a part refunded, and still success',
    sql: [change('payments', `status = 'success'`, `status = 'partially_refunded'`)],
  },
  {
    rule: 'status-follows-refunds',
    how: 'all refunded, and called a part',
    sql: [change('payments', `status = 'partially_refunded'`, `status = 'refunded'`)],
  },
  {
    rule: 'status-follows-refunds',
    how: 'refunded, and nothing was',
    sql: [change('payments', `status = 'refunded'`, plain)],
  },
  {
    rule: 'one-charge-per-order',
    how: 'an attempt at an order that was paid',
    without: { index: 'payments_one_charge_per_order' },
    sql: [
      change(
        'payments',
        `holds_charge = true, order_id = ${one('payments', plain, 'order_id')}`,
        `status = 'pending'`,
        'order_id',
      ),
    ],
  },
  {
    rule: 'order-is-paid-by-a-payment',
    how: 'paid by nobody',
    sql: [change('orders', `status = 'paid'`, `status = 'created'`)],
  },
  {
    rule: 'order-is-paid-by-a-payment',
    how: 'paid, and not marked so',
    sql: [change('orders', `status = 'created'`, `status = 'paid'`)],
  },
  {
    rule: 'payment-is-of-its-order',
    how: 'another currency',
    sql: [change('payments', `currency = 'USD'`, `status = 'pending'`)],
  },
  {
    rule: 'payment-is-of-its-order',
    how: 'no order',
    sql: [change('payments', `order_id = 'order_nosuchorder00000'`, `status = 'pending'`)],
  },
  {
    rule: 'refund-is-of-its-payment',
    how: 'another merchant',
    sql: [change('refunds', `merchant_id = '6ba7b810-9dad-41d1-80b4-00c04fd430c8'`, 'true')],
  },
  {
    rule: 'only-what-was-paid-is-refunded',
    how: 'a refund of a failed payment',
    sql: [change('refunds', `payment_id = ${one('payments', `status = 'failed'`)}`, `status = 'failed'`)],
    also: ['event-has-its-subject'],
  },

  {
    rule: 'success-has-its-charge',
    how: 'another amount',
    sql: [
      `update simulated_charges set amount = amount + 1 where payment_id = ${one('payments', plain)} returning payment_id as subject`,
    ],
  },
  {
    rule: 'success-has-its-charge',
    how: 'no charge',
    sql: [`delete from simulated_charges where payment_id = ${one('payments', plain)} returning payment_id as subject`],
  },
  {
    rule: 'success-has-its-charge',
    how: 'a refused charge',
    sql: [
      `update simulated_charges set outcome = 'PAYMENT_FAILED' where payment_id = ${one('payments', plain)} returning payment_id as subject`,
    ],
  },
  {
    rule: 'already-paid-is-true',
    how: 'and nobody has paid',
    sql: [
      change(
        'payments',
        `order_id = ${one('payments', `status = 'pending'`, 'order_id')}`,
        `error_code = 'ORDER_ALREADY_PAID'`,
      ),
    ],
  },
  {
    rule: 'charge-has-its-success',
    how: 'a failed payment was charged',
    sql: [
      `update simulated_charges set outcome = 'APPROVED' where payment_id = ${one('payments', `error_code = 'PAYMENT_FAILED'`)} returning payment_id as subject`,
    ],
  },
  {
    rule: 'charge-has-its-success',
    how: 'a charge of nothing',
    sql: [
      `insert into simulated_charges values ('pay_nosuchpayment00000', 500, 'INR', 'APPROVED') returning payment_id as subject`,
    ],
  },
  {
    rule: 'charge-is-recorded',
    how: 'charged, and left pending',
    sql: [
      `insert into simulated_charges select id, amount, currency, 'APPROVED' from payments where status = 'pending' returning payment_id as subject`,
    ],
  },
  {
    rule: 'refusal-is-in-the-ledger',
    how: 'failed by nobody',
    sql: [
      `delete from simulated_charges where payment_id = ${one('payments', `error_code = 'PAYMENT_FAILED'`)} returning payment_id as subject`,
    ],
  },
  {
    rule: 'refusal-is-in-the-ledger',
    how: 'failed for another reason',
    sql: [change('payments', `error_code = 'INSUFFICIENT_FUNDS'`, `error_code = 'PAYMENT_FAILED'`)],
  },
  {
    rule: 'processed-refund-is-in-the-ledger',
    how: 'a paisa less',
    sql: [
      `update simulated_refunds set amount = amount - 1 where refund_id = ${one('refunds', `status = 'processed'`)} returning refund_id as subject`,
    ],
  },
  {
    rule: 'processed-refund-is-in-the-ledger',
    how: 'no entry',
    sql: [
      `delete from simulated_refunds where refund_id = ${one('refunds', `status = 'processed'`)} returning refund_id as subject`,
    ],
  },
  {
    rule: 'returned-money-has-its-refund',
    how: 'a failed refund was paid out',
    sql: [
      `update simulated_refunds set outcome = 'PROCESSED' where refund_id = ${one('refunds', `status = 'failed'`)} returning refund_id as subject`,
    ],
  },
  {
    rule: 'returned-money-is-recorded',
    how: 'paid out, and left pending',
    sql: [
      `insert into simulated_refunds select id, payment_id, amount, 'INR', 'PROCESSED' from refunds where status = 'pending' returning refund_id as subject`,
    ],
  },
  {
    rule: 'refused-refund-is-in-the-ledger',
    how: 'refused by nobody',
    sql: [
      `delete from simulated_refunds where refund_id = ${one('refunds', `status = 'failed'`)} returning refund_id as subject`,
    ],
  },
  {
    rule: 'no-more-returned-than-taken',
    how: 'a paisa too much',
    sql: [
      `insert into simulated_refunds select 'rfnd_nosuchrefund00000', id, 50001, 'INR', 'PROCESSED' from payments where id = ${one('payments', plain)} returning payment_id as subject`,
    ],
    also: ['returned-money-has-its-refund'],
  },

  {
    rule: 'payment-begins-its-story',
    how: 'created after pending',
    without: { index: 'events_story' },
    sql: swap('payment.created', 'payment.pending'),
  },
  {
    rule: 'payment-has-one-end',
    how: 'pending, and told to have succeeded',
    sql: another('payment.created', 'payment.success', `p.status = 'pending'`, 'payment_id'),
  },
  {
    rule: 'payment-has-one-end',
    how: 'failed twice',
    sql: another('payment.failed', 'payment.failed', 'true', 'payment_id'),
  },
  { rule: 'captured-is-told-once', how: 'captured in silence', sql: [change('payments', 'captured = true', plain)] },
  {
    rule: 'captured-is-told-once',
    how: 'told twice',
    sql: another('payment.captured', 'payment.captured', 'true', 'payment_id'),
  },
  {
    rule: 'refund-begins-its-story',
    how: 'created twice',
    sql: another('refund.created', 'refund.created', `r.status = 'pending'`, 'refund_id'),
  },
  {
    rule: 'refund-has-one-end',
    how: 'pending, and told to be processed',
    sql: another('refund.created', 'refund.processed', `r.status = 'pending'`, 'refund_id'),
  },
  {
    rule: 'refund-has-one-end',
    how: 'processed, and told to have failed',
    sql: another('refund.processed', 'refund.failed', 'true', 'refund_id'),
  },
  {
    rule: 'story-has-no-gaps',
    how: 'an event fewer than counted',
    sql: [change('payments', 'event_count = event_count + 1', `status = 'pending'`)],
  },
  {
    rule: 'story-has-no-gaps',
    how: 'a place left out',
    sql: [
      `update events set sequence = 5 where sequence = 4 and payment_id = ${one('payments', 'captured')} returning payment_id as subject`,
    ],
  },
  {
    rule: 'story-is-in-order',
    how: 'captured before it succeeded',
    without: { index: 'events_story' },
    sql: swap('payment.success', 'payment.captured'),
  },
  {
    rule: 'story-is-in-order',
    how: 'processed before it was created',
    without: { index: 'events_story' },
    sql: [
      `create temp table story on commit drop as select x.refund_id, x.sequence + y.sequence as xy from events x join events y using (refund_id) where x.type = 'refund.created' and y.type = 'refund.processed' order by 1 limit 1`,
      `update events e set sequence = xy - sequence from story s where e.refund_id = s.refund_id`,
      'select refund_id as subject from story',
    ],
  },
  {
    rule: 'event-has-its-subject',
    how: 'a type nobody knows',
    sql: [
      `insert into events (id, merchant_id, type, sequence, payload, created_at) select 'evt_doctordoctor0001', id, 'webhook.mystery', 0, '{"event":"webhook.mystery","data":{}}', gateway_now() from merchants limit 1 returning id as subject`,
    ],
  },
  {
    rule: 'event-says-what-it-is',
    how: 'another amount in the body',
    sql: [
      `with e as (update events set payload = replace(payload, '"amount":50000,', '"amount":50001,') where id = ${one('events', `type = 'payment.success'`)} returning id, payload) update webhook_logs w set payload = e.payload from e where e.id = w.event_id returning e.id as subject`,
    ],
  },

  {
    rule: 'delivery-carries-its-event',
    how: 'a byte more',
    sql: [change('webhook_logs', `payload = payload || ' '`, 'true')],
  },
  {
    rule: 'event-is-delivered-once',
    how: 'a second delivery',
    sql: [
      `insert into webhook_logs (id, merchant_id, event_id, event, payload, url, next_retry_at) select gen_random_uuid(), merchant_id, event_id, event, payload, url, gateway_now() + interval '1 h' from webhook_logs order by id limit 1 returning event_id as subject`,
    ],
  },
  {
    rule: 'attempts-have-no-gaps',
    how: 'the first attempt is the second',
    sql: [
      `update webhook_attempts set number = 2 where webhook_log_id = ${one('webhook_logs', `status = 'pending' and attempts = 1`)} returning webhook_log_id::text as subject`,
    ],
  },
  {
    rule: 'attempts-are-counted',
    how: 'one counted that was not made',
    sql: [change('webhook_logs', 'attempts = attempts + 1', `status = 'success'`)],
  },
  {
    rule: 'silence-after-success',
    how: 'sent on after a 2xx',
    sql: [
      `update webhook_attempts set response_code = 204 where number = 2 and webhook_log_id = ${one('webhook_logs', `status = 'failed' and round = 0`)} returning webhook_log_id::text as subject`,
    ],
  },
  {
    rule: 'delivery-status-follows',
    how: 'delivered, and called failed',
    sql: [change('webhook_logs', `status = 'failed'`, `status = 'success'`)],
  },
  {
    rule: 'delivery-status-follows',
    how: 'failed, and called delivered',
    sql: [change('webhook_logs', `status = 'success'`, `status = 'failed'`)],
  },
  {
    rule: 'delivery-shows-its-last-attempt',
    how: 'another time',
    sql: [change('webhook_logs', `last_attempt_at = last_attempt_at + interval '1 s'`, `status = 'success'`)],
  },

  {
    rule: 'payment-overdue',
    how: 'due a minute ago',
    sql: [change('payments', `due_at = gateway_now() - interval '61 s'`, `status = 'pending'`)],
  },
  {
    rule: 'payment-overdue',
    how: 'a lease that ended a minute ago',
    sql: [
      change(
        'payments',
        `due_at = gateway_now() - interval '99 s', lease_until = gateway_now() - interval '61 s', claims = 1`,
        `status = 'pending'`,
      ),
    ],
  },
  {
    rule: 'refund-overdue',
    how: 'due a minute ago',
    sql: [change('refunds', `due_at = gateway_now() - interval '61 s'`, `status = 'pending'`)],
  },
  {
    rule: 'delivery-overdue',
    how: 'due a minute ago',
    sql: [
      change('webhook_logs', `next_retry_at = gateway_now() - interval '61 s'`, `status = 'pending' and attempts = 1`),
    ],
  },
  { rule: 'few-claims', how: 'claimed again and again', sql: [change('payments', 'claims = 6', `status = 'pending'`)] },
  {
    rule: 'the-ended-wait-for-nothing',
    how: 'held after its end',
    sql: [change('payments', 'lease_until = gateway_now()', `status = 'failed'`)],
  },
  {
    rule: 'the-pending-are-due',
    how: 'due at no time',
    without: { constraint: ['payments', '%due_at%'] },
    sql: [change('payments', 'due_at = null', `status = 'pending'`)],
  },

  {
    rule: 'due-within-a-day',
    how: 'a refund due in three years',
    sql: [change('refunds', `due_at = gateway_now() + interval '3 years'`, `status = 'pending'`)],
  },
  {
    rule: 'ends-after-its-beginning',
    how: 'processed before it was asked for',
    sql: [change('refunds', `processed_at = created_at - interval '1 ms'`, `status = 'processed'`)],
  },

  {
    rule: 'kept-answers-are-of-work-done',
    how: 'a refusal is kept',
    sql: [
      `update idempotency_keys set response = replace(response, ':201,', ':409,') returning merchant_id || ' ' || route || ' ' || key as subject`,
    ],
  },
  {
    rule: 'kept-answers-name-what-is-there',
    how: 'a refund that is not there',
    sql: [
      `update idempotency_keys set route = 'POST /api/v1/payments/{id}/refunds', response = '{"status":201,"headers":{},"body":"{\\"id\\":\\"rfnd_nobody0000000000\\"}"}' returning merchant_id || ' ' || route || ' ' || key as subject`,
    ],
  },
  {
    rule: 'claims-of-keys-end',
    how: 'claimed for ever',
    sql: [
      `update idempotency_keys set response = null, claimed_until = gateway_now() - interval '61 s' returning merchant_id || ' ' || route || ' ' || key as subject`,
    ],
  },

  {
    rule: 'secrets-are-sealed',
    how: 'a plain secret',
    sql: [change('merchants', `webhook_secret = 'whsec_plain_abc123'`, `name = 'Other'`)],
  },
  {
    rule: 'secrets-are-sealed',
    how: 'a plain retired secret',
    sql: [change('merchants', `retired_webhook_secrets = '[{"secret": "whsec_plain_abc123"}]'`, `name = 'Other'`)],
  },
  {
    rule: 'secrets-can-be-opened',
    how: 'the key was lost',
    sql: [change('merchants', `api_secret = replace(api_secret, 'v1:sandbox:', 'v1:lost:')`, `name = 'Other'`)],
  },
  {
    rule: 'passwords-are-hashed',
    how: 'a plain password',
    without: { constraint: ['merchants', '%password_hash%'] },
    sql: [change('merchants', `password_hash = 'hunter2'`, `name = 'Other'`)],
  },
  {
    rule: 'no-plain-secret',
    how: 'in a receipt',
    sql: [change('orders', `receipt = 'secret_other_0123456789'`, 'true', `'orders ' || id`)],
  },
  {
    rule: 'no-plain-secret',
    how: 'a retired one in an answer',
    sql: [
      `update webhook_attempts set response_body = 'you sent "whsec_older_0123456789"' where number = 1 and round = 0 and webhook_log_id = ${one('webhook_logs', `status = 'failed' and round = 0`)} returning 'webhook_attempts ' || webhook_log_id || ' 0 1' as subject`,
    ],
  },
  {
    rule: 'no-plain-secret',
    how: 'in a key, which is not repeated',
    sql: [
      `update idempotency_keys set key = 'key whsec_test_abc123' returning 'idempotency_keys ' || merchant_id || ' ' || route || ' key (secret withheld)' as subject`,
    ],
  },
  {
    rule: 'sessions-end',
    how: 'one lives for ever',
    sql: [`update dashboard_sessions set expires_at = 'infinity' returning merchant_id::text as subject`],
  },
  {
    rule: 'sessions-end',
    how: 'one is used and used',
    sql: [
      `update dashboard_sessions set created_at = created_at - interval '7 days' returning merchant_id::text as subject`,
    ],
  },
  {
    rule: 'sessions-end',
    how: 'of a merchant that may not come in',
    sql: [
      `update merchants set is_active = false where id = (select merchant_id from dashboard_sessions) returning id::text as subject`,
    ],
  },
  {
    rule: 'no-plain-session',
    how: 'in the notes',
    sql: [
      `update dashboard_sessions set token_hash = sha256('sess_0123456789abcdefABCDEF_-0123456789abcdefABC'::bytea)`,
      change(
        'orders',
        `notes = '{"cookie": "sess_0123456789abcdefABCDEF_-0123456789abcdefABC"}'`,
        'true',
        `'orders ' || id`,
      ),
    ],
  },
  {
    rule: 'no-card-number',
    how: 'in a column of our own',
    sql: [
      change(
        'payments',
        `error_description = 'declined: 4111 1111-1111 1111'`,
        `status = 'failed'`,
        `'payments ' || id`,
      ),
    ],
  },
  {
    rule: 'no-card-number-from-others',
    how: 'in the notes',
    sql: [change('orders', `notes = '{"card": "4111 1111-1111 1111"}'`, 'true', `'orders ' || id`)],
  },
  {
    rule: 'no-card-number',
    how: 'in a column somebody added',
    sql: [
      'alter table refunds add column memo jsonb',
      change('refunds', `memo = '["378282246310005"]'`, 'true', `'refunds ' || id`),
    ],
  },
  {
    rule: 'no-card-number-from-others',
    how: 'in a key, which is not repeated',
    sql: [
      `update idempotency_keys set key = 'a 5555555555554444' returning 'idempotency_keys ' || merchant_id || ' ' || route || ' a (card number withheld)' as subject`,
    ],
  },
  {
    rule: 'guards-are-on',
    how: 'a trigger is off',
    sql: ['alter table events disable trigger append_only', `select 'events' as subject`],
  },
  {
    rule: 'guards-are-on',
    how: 'an index is gone',
    sql: ['drop index payments_one_charge_per_order', `select 'payments' as subject`],
  },
];
