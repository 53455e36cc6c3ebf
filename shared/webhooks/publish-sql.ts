/**
 * The tail of every statement that makes something happen: it writes the events, and a delivery for each if the
 * merchant has a URL at that moment, in the same statement as the change. There is no way to commit one without the
 * others.
 *
 * Expects a common table expression `story` with the columns event_id, delivery_id, merchant_id, type, payment_id,
 * refund_id, sequence, payload and at; offers `delivered` with the column id.
 */
export const publishStory = `
  told as (
    insert into events (id, merchant_id, type, payment_id, refund_id, sequence, payload, created_at)
    select event_id, merchant_id, type, payment_id, refund_id, sequence, payload, at from story
  ),
  delivered as (
    insert into webhook_logs (id, merchant_id, event_id, event, payload, url, next_retry_at, created_at)
    select s.delivery_id, s.merchant_id, s.event_id, s.type, s.payload, m.webhook_url, s.at, s.at
    from story s join merchants m on m.id = s.merchant_id
    where m.webhook_url is not null
    returning id
  )`;
