-- Up Migration

-- With the keys in DynamoDB, the row says under which key it was made and of what request: a retry finds it when the
-- host died between the commit here and the answer there, and of two calls with one key only one commits. A key counts
-- for a day from then; whoever uses it again takes it off the old row. "POST /api/v1/payments my-key": a key belongs to
-- its route.
alter table orders
  add column idempotency_key text,
  add column idempotency_fingerprint text,
  add check ((idempotency_key is null) = (idempotency_fingerprint is null));
create unique index orders_idempotency_key on orders (merchant_id, idempotency_key) where idempotency_key is not null;

alter table payments
  add column idempotency_key text,
  add column idempotency_fingerprint text,
  add check ((idempotency_key is null) = (idempotency_fingerprint is null)),
  -- A payment is captured in a request of its own.
  add column capture_idempotency_key text,
  add column capture_idempotency_fingerprint text,
  add check ((capture_idempotency_key is null) = (capture_idempotency_fingerprint is null)),
  add check (captured or capture_idempotency_key is null);
create unique index payments_idempotency_key on payments (merchant_id, idempotency_key)
  where idempotency_key is not null;
create unique index payments_capture_idempotency_key on payments (merchant_id, capture_idempotency_key)
  where capture_idempotency_key is not null;

alter table refunds
  add column idempotency_key text,
  add column idempotency_fingerprint text,
  add check ((idempotency_key is null) = (idempotency_fingerprint is null));
create unique index refunds_idempotency_key on refunds (merchant_id, idempotency_key) where idempotency_key is not null;

-- After how long a silence it counts as stopped, which is for whoever reports in to say: a worker does so every few
-- seconds, a schedule every minute.
alter table worker_heartbeats
  add column silent_after_ms integer not null default 10000 check (silent_after_ms > 0);
