-- Up Migration

-- A refund the acquirer turned down says why, as a failed payment does.
alter table refunds
  add column error_code text,
  add column error_description text,
  add constraint refunds_failed_with_a_reason check ((status = 'failed') = (error_code is not null));

-- The simulated acquirer's ledger of money given back: what it answered for each refund, once and for all.
create table simulated_refunds (
  refund_id text primary key,
  payment_id text not null,
  amount bigint not null,
  currency text not null,
  outcome text not null,
  refunded_at timestamptz not null default gateway_now()
);

-- Until when a first call may be believed to run. One that was killed frees its key then.
alter table idempotency_keys add column claimed_until timestamptz not null;

alter table merchants
  -- The secrets that were rotated away and still sign, oldest first: [{"secret": sealed, "valid_until": time}].
  add column retired_webhook_secrets jsonb not null default '[]',
  add column password_hash text check (password_hash like '$argon2id$%');
