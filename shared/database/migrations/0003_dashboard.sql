-- Up Migration

-- Who is signed in to the dashboard. The token in the cookie is 256 random bits and stands nowhere; whoever reads this
-- table or a backup of it cannot sign in with what is here.
create table dashboard_sessions (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  merchant_id uuid not null references merchants (id) on delete cascade,
  created_at timestamptz not null default gateway_now(),
  last_seen_at timestamptz not null default gateway_now(),
  expires_at timestamptz not null
);
create index dashboard_sessions_merchant_id on dashboard_sessions (merchant_id);
create index dashboard_sessions_expires_at on dashboard_sessions (expires_at);

-- Sees the work of all merchants, not only its own.
alter table merchants add column is_operator boolean not null default false;

-- The dashboard asks about all of a merchant's rows at once. An index that carries what is counted answers without the
-- table; it takes the place of the one it is longer than, so that a row still has one entry for its merchant.
create index payments_of_merchant on payments (merchant_id, created_at desc, id desc)
  include (status, method, currency, amount, refund_done);
drop index payments_merchant_id;
create index orders_of_merchant on orders (merchant_id, created_at desc, id desc) include (status);
drop index orders_merchant_id;
create index refunds_of_merchant on refunds (merchant_id, created_at desc, id desc) include (status);
drop index refunds_merchant_id;
create index webhook_logs_of_merchant on webhook_logs (merchant_id, created_at desc, id desc) include (status, event);
drop index webhook_logs_merchant_id;

-- Each thing a search looks up has its own; a payment has an entry in one of the first two.
create index payments_vpa on payments (merchant_id, vpa, created_at desc, id desc) where vpa is not null;
create index payments_card_last4 on payments (merchant_id, card_last4, created_at desc, id desc)
  where card_last4 is not null;
create index orders_receipt on orders (merchant_id, receipt) where receipt is not null;

-- What went wrong is rare, and looked for often.
create index webhook_logs_failed on webhook_logs (merchant_id, last_attempt_at desc) where status = 'failed';
create index refunds_failed on refunds (merchant_id, created_at desc) where status = 'failed';
-- An operator counts the work of all merchants; payments and deliveries have theirs.
create index refunds_status on refunds (status);

-- A timeline shows each event with its deliveries.
create index webhook_logs_event_id on webhook_logs (event_id);

-- What was sent, signatures and all: with the body, a receiver that says it did not verify can be argued with.
-- json and not jsonb: in the order they were sent. Null for attempts made before this column was.
alter table webhook_attempts add column request_headers json;
