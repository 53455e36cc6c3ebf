-- Up Migration

-- One clock. Due times and expiries are compared with gateway_now() only, so that a test can move them all at once.
-- The offset is zero outside test mode.
create table gateway_clock (
  one_row boolean primary key default true check (one_row),
  offset_ms bigint not null default 0 check (offset_ms >= 0)
);
insert into gateway_clock default values;

create function gateway_now() returns timestamptz
language sql stable parallel safe
as $$ select now() + offset_ms * interval '1 millisecond' from gateway_clock $$;

create table merchants (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  email text not null unique check (length(email) <= 254),
  api_key text not null unique,
  api_secret text not null,      -- sealed
  webhook_url text check (length(webhook_url) <= 2048),
  webhook_secret text not null,  -- sealed
  is_active boolean not null default true,
  created_at timestamptz not null default gateway_now(),
  updated_at timestamptz not null default gateway_now()
);

create table orders (
  id text primary key check (id ~ '^order_[A-Za-z0-9]{16}$'),
  merchant_id uuid not null references merchants (id),
  amount bigint not null check (amount between 100 and 999999999999),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  receipt text check (length(receipt) <= 255),
  notes json not null default '{}',  -- json and not jsonb: the merchant gets back the text it sent
  status text not null default 'created' check (status in ('created', 'paid')),
  created_at timestamptz not null default gateway_now(),
  updated_at timestamptz not null default gateway_now(),
  unique (merchant_id, id, amount, currency)
);
create index orders_merchant_id on orders (merchant_id, created_at desc, id desc);

create table payments (
  id text primary key check (id ~ '^pay_[A-Za-z0-9]{16}$'),
  order_id text not null,
  merchant_id uuid not null,
  amount bigint not null check (amount between 100 and 999999999999),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  method text not null check (method in ('upi', 'card')),
  status text not null default 'pending'
    check (status in ('pending', 'success', 'failed', 'partially_refunded', 'refunded')),
  vpa text,
  card_network text check (card_network in ('visa', 'mastercard', 'amex', 'rupay', 'unknown')),
  card_last4 text check (card_last4 ~ '^[0-9]{4}$'),
  captured boolean not null default false,
  error_code text,
  error_description text,
  -- What the acquirer calls the instrument it was handed; the card number itself is never here.
  acquirer_reference text not null,
  -- This attempt holds the order's only charge: it is at the acquirer, or its charge succeeded.
  holds_charge boolean not null default false,
  refund_reserved bigint not null default 0,
  refund_done bigint not null default 0,
  event_count integer not null default 0,
  due_at timestamptz,
  lease_until timestamptz,
  claims integer not null default 0,
  created_at timestamptz not null default gateway_now(),
  updated_at timestamptz not null default gateway_now(),
  unique (merchant_id, id),
  -- Its merchant, amount and currency are the order's, and stay so.
  foreign key (merchant_id, order_id, amount, currency) references orders (merchant_id, id, amount, currency),
  check (0 <= refund_done and refund_done <= refund_reserved and refund_reserved <= amount),
  check ((method = 'upi') = (vpa is not null)),
  check ((method = 'card') = (card_network is not null and card_last4 is not null)),
  check ((status = 'failed') = (error_code is not null)),
  check ((status = 'pending') = (due_at is not null)),
  check (holds_charge = (status in ('success', 'partially_refunded', 'refunded')) or status = 'pending'),
  check (not captured or holds_charge)
);
-- An order is charged once: by one attempt at a time, and never again after one succeeded.
create unique index payments_one_charge_per_order on payments (order_id) where holds_charge;
create index payments_order_id on payments (order_id);
create index payments_status on payments (status);
create index payments_merchant_id on payments (merchant_id, created_at desc, id desc);
create index payments_due on payments (due_at) where status = 'pending';

create table refunds (
  id text primary key check (id ~ '^rfnd_[A-Za-z0-9]{16}$'),
  payment_id text not null,
  merchant_id uuid not null,
  amount bigint not null check (amount >= 1),
  reason text,
  status text not null default 'pending' check (status in ('pending', 'processed', 'failed')),
  due_at timestamptz,
  lease_until timestamptz,
  claims integer not null default 0,
  created_at timestamptz not null default gateway_now(),
  processed_at timestamptz,
  unique (merchant_id, id),
  foreign key (merchant_id, payment_id) references payments (merchant_id, id),
  check ((status = 'processed') = (processed_at is not null)),
  check ((status = 'pending') = (due_at is not null))
);
create index refunds_payment_id on refunds (payment_id);
create index refunds_merchant_id on refunds (merchant_id, created_at desc, id desc);
create index refunds_due on refunds (due_at) where status = 'pending';

-- The append-only story of every payment. Written whether or not a merchant listens.
create table events (
  id text primary key check (id ~ '^evt_[A-Za-z0-9]{16}$'),
  merchant_id uuid not null references merchants (id),
  type text not null,
  payment_id text,
  refund_id text,
  sequence integer not null,  -- its place in the payment's story, from 1; 0 for an event of no payment
  payload text not null,
  created_at timestamptz not null,
  unique (merchant_id, id),
  foreign key (merchant_id, payment_id) references payments (merchant_id, id),
  foreign key (merchant_id, refund_id) references refunds (merchant_id, id),
  check ((payment_id is null) = (sequence = 0))
);
create unique index events_story on events (payment_id, sequence) where payment_id is not null;
create index events_merchant_id on events (merchant_id, created_at desc);

-- The deliveries of events to merchants. The payload is text: jsonb would reorder keys and break the signature.
create table webhook_logs (
  id uuid primary key,
  merchant_id uuid not null,
  event_id text not null,
  event text not null,
  payload text not null,
  url text not null,
  status text not null default 'pending' check (status in ('pending', 'success', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),  -- of this round; a retry by hand begins a new one
  round integer not null default 0 check (round >= 0),
  last_attempt_at timestamptz,
  next_retry_at timestamptz,
  response_code integer,
  response_body text,
  lease_until timestamptz,
  claims integer not null default 0,
  created_at timestamptz not null default gateway_now(),
  foreign key (merchant_id, event_id) references events (merchant_id, id),
  check ((status = 'pending') = (next_retry_at is not null))
);
create index webhook_logs_merchant_id on webhook_logs (merchant_id, created_at desc, id desc);
create index webhook_logs_status on webhook_logs (status);
create index webhook_logs_next_retry_at on webhook_logs (next_retry_at) where status = 'pending';
create index webhook_logs_in_flight on webhook_logs (merchant_id, lease_until) where lease_until is not null;
create index webhook_logs_due on webhook_logs (merchant_id, next_retry_at) where status = 'pending';

create table webhook_attempts (
  webhook_log_id uuid not null references webhook_logs (id),
  round integer not null,
  number integer not null check (number >= 1),
  trigger text not null check (trigger in ('event', 'schedule', 'manual')),
  attempted_at timestamptz not null,
  duration_ms integer not null,
  response_code integer,
  response_body text,
  error text,
  primary key (webhook_log_id, round, number)
);

create table idempotency_keys (
  merchant_id uuid not null references merchants (id),
  route text not null,
  key text not null check (length(key) between 1 and 255),
  body_hash text not null,
  claim_token uuid not null,
  response text,  -- null while the first call runs
  created_at timestamptz not null default gateway_now(),
  expires_at timestamptz not null,
  primary key (merchant_id, route, key)
);
create index idempotency_keys_expires_at on idempotency_keys (expires_at);

create table worker_heartbeats (
  worker_id uuid primary key,
  seen_at timestamptz not null
);

-- The simulated acquirer's own ledger: what it answered for each payment, once and for all.
create table simulated_charges (
  payment_id text primary key,
  amount bigint not null,
  currency text not null,
  outcome text not null,
  charged_at timestamptz not null default gateway_now()
);

-- No step backwards and no way out of an end, whoever writes.
create function refuse_illegal_status() returns trigger
language plpgsql
as $$
declare
  edge text := tg_table_name || ': ' || old.status || ' -> ' || new.status;
begin
  if edge = any (array[
    'orders: created -> paid',
    'payments: pending -> success',
    'payments: pending -> failed',
    'payments: success -> partially_refunded',
    'payments: success -> refunded',
    'payments: partially_refunded -> refunded',
    'refunds: pending -> processed',
    'refunds: pending -> failed',
    'webhook_logs: pending -> success',
    'webhook_logs: pending -> failed',
    'webhook_logs: success -> pending',
    'webhook_logs: failed -> pending'
  ]) then
    return new;
  end if;
  raise exception 'illegal status change, %', edge using errcode = 'check_violation', constraint = 'legal_status';
end
$$;

create trigger legal_status before update of status on orders
  for each row when (old.status is distinct from new.status) execute function refuse_illegal_status();
create trigger legal_status before update of status on payments
  for each row when (old.status is distinct from new.status) execute function refuse_illegal_status();
create trigger legal_status before update of status on refunds
  for each row when (old.status is distinct from new.status) execute function refuse_illegal_status();
create trigger legal_status before update of status on webhook_logs
  for each row when (old.status is distinct from new.status) execute function refuse_illegal_status();

create function refuse_change() returns trigger
language plpgsql
as $$ begin raise exception '% is append-only', tg_table_name using errcode = 'check_violation', constraint = 'append_only'; end $$;

create trigger append_only before update or delete or truncate on events for each statement execute function refuse_change();
