import { type Database, statement } from '../database/database.ts';
import { isRowsFault } from '../database/rows-fault.ts';
import { coalesce } from '../runtime/coalesce.ts';
import { coalesceClaims } from '../work/coalesce-claims.ts';
import { leaseMs } from '../work/lease.ts';
import type { DeliveryAnswer } from './outgoing/send.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import { createWaitingRoom } from './waiting-room.ts';

/** A delivery this process holds for the length of a lease. `claims` is the fence. */
export type ClaimedDelivery = {
  id: string;
  merchant_id: string;
  event_id: string;
  payload: string;
  url: string;
  claims: number;
  webhook_secret: string;
  /** Those rotated away that are still valid, oldest first. Sealed, as the current one. */
  retired_secrets: string[];
  claimed_at: Date;
};

/** Where a delivery stands after an attempt. `retryInMs` is null when there will be no further one. */
export type RecordedAttempt = { status: 'pending' | 'success' | 'failed'; retryInMs: number | null };

export interface DeliveryStore {
  /** @returns undefined when it is not due, is held or has ended; turned away when its merchant has enough in flight. */
  claim(id: string): Promise<ClaimedDelivery | 'turned away' | undefined>;
  /**
   * @param requestHeaders what was sent with the body; kept with the attempt, for the merchant to see.
   * @returns undefined when the claim was lost.
   */
  record(
    claimed: ClaimedDelivery,
    answer: DeliveryAnswer,
    requestHeaders: Readonly<Record<string, string>>,
  ): Promise<RecordedAttempt | undefined>;
  /** The merchant's next delivery that was turned away here, once one of its deliveries has ended. */
  nextTurnedAway(merchantId: string): string | undefined;
}

type Attempted = {
  claimed: ClaimedDelivery;
  answer: DeliveryAnswer;
  requestHeaders: Readonly<Record<string, string>>;
};

/*
 * Fair between merchants: one whose endpoint hangs holds at most $2 deliveries at a time, so the workers stay free for
 * the others. The count is not locked; two claims at once may pass it by a few, which costs nothing but the few.
 * The address is where the merchant listens now: a corrected URL helps the deliveries that wait. A cleared one stops
 * new deliveries only; those that wait go to the address they had.
 */
const claim = statement(
  'claim-deliveries',
  `with asked as (
     select id, merchant_id, status, next_retry_at, lease_until from webhook_logs
     where id = any ($1) for update skip locked
   ),
   wanted as (
     select id, merchant_id, next_retry_at from asked
     where status = 'pending' and next_retry_at <= (select gateway_now())
       and (lease_until is null or lease_until <= (select gateway_now()))
   ),
   busy as (
     select m.merchant_id, (
       select count(*) from (
         select from webhook_logs f
         where f.merchant_id = m.merchant_id and f.lease_until > (select gateway_now())
         limit $2
       ) as flying
     ) as in_flight
     from (select distinct merchant_id from wanted) m
   ),
   queued as (
     select w.id, w.merchant_id,
            b.in_flight + row_number() over (partition by w.merchant_id order by w.next_retry_at) <= $2 as admitted
     from wanted w join busy b using (merchant_id)
   ),
   taken as (
     update webhook_logs w
     set claims = claims + 1, lease_until = (select gateway_now()) + $3 * interval '1 millisecond',
         url = coalesce(m.webhook_url, w.url)
     from queued q, merchants m
     where q.admitted and w.id = q.id and m.id = w.merchant_id
     returning w.id, w.event_id, w.payload, w.url, w.claims, m.webhook_secret,
               array(
                 select entry ->> 'secret'
                 from jsonb_array_elements(m.retired_webhook_secrets) with ordinality as retired (entry, place)
                 where (entry ->> 'valid_until')::timestamptz > (select gateway_now())
                 order by place
               ) as retired_secrets,
               (select gateway_now()) as claimed_at
   )
   select q.merchant_id, q.admitted, q.id, t.event_id, t.payload, t.url, t.claims, t.webhook_secret, t.retired_secrets, t.claimed_at
   from queued q left join taken t using (id)`,
);

const record = statement(
  'record-attempts',
  `with input as (
     select * from unnest($1::uuid[], $2::integer[], $3::boolean[], $4::integer[], $5::text[], $6::text[], $7::integer[],
                          $8::timestamptz[], $10::json[], $11::json[])
       as i (id, claims, delivered, code, body, error, duration_ms, attempted_at, request_headers, response_headers)
   ),
   held as (
     select w.id, w.claims from webhook_logs w join input i using (id)
     where w.id = any ($1) and w.status = 'pending' and w.claims = i.claims
     order by w.id for update of w
   ),
   updated as (
     update webhook_logs w
     set attempts = w.attempts + 1,
         status = case when i.delivered then 'success'
                       when w.attempts + 1 >= cardinality($9::integer[]) then 'failed'
                       else 'pending' end,
         next_retry_at = case when i.delivered or w.attempts + 1 >= cardinality($9::integer[]) then null
                              else (select gateway_now()) + ($9::integer[])[w.attempts + 2] * interval '1 millisecond' end,
         last_attempt_at = i.attempted_at, response_code = i.code, response_body = i.body, lease_until = null
     from input i join held using (id, claims)
     where w.id = i.id
     returning w.id, w.claims, w.round, w.attempts, w.status, w.next_retry_at, i.code, i.body, i.error, i.duration_ms,
               i.attempted_at, i.request_headers, i.response_headers
   ),
   logged as (
     insert into webhook_attempts (webhook_log_id, round, number, trigger, attempted_at, duration_ms, response_code,
                                   response_body, error, request_headers, response_headers)
     select id, round, attempts,
            case when attempts > 1 then 'schedule' when round > 0 then 'manual' else 'event' end,
            attempted_at, duration_ms, code, body, error, request_headers, response_headers
     from updated
   )
   select id, claims, status, ceil(extract(epoch from next_retry_at - (select gateway_now())) * 1000)::integer as "retryInMs" from updated`,
);

export function deliveryStore(
  database: Database,
  { schedule, merchantConcurrency }: { schedule: RetrySchedule; merchantConcurrency: number },
): DeliveryStore {
  const waitingRoom = createWaitingRoom();

  const claimOne = coalesceClaims((ids) =>
    database.rows<ClaimedDelivery & { admitted: boolean }>(claim, [ids, merchantConcurrency, leaseMs]),
  );

  const recordOne = coalesce(
    async (items: readonly Attempted[]) => {
      const rows = await database.rows<RecordedAttempt & { id: string; claims: number }>(record, [
        items.map(({ claimed }) => claimed.id),
        items.map(({ claimed }) => claimed.claims),
        items.map(({ answer }) => answer.outcome === 'delivered'),
        items.map(({ answer }) => answer.responseCode),
        items.map(({ answer }) => answer.responseBody),
        items.map(({ answer }) => answer.error),
        items.map(({ answer }) => Math.round(answer.durationMs)),
        items.map(({ claimed }) => claimed.claimed_at),
        schedule,
        items.map(({ requestHeaders }) => JSON.stringify(requestHeaders)),
        items.map(({ answer }) => answer.responseHeaders && JSON.stringify(answer.responseHeaders)),
      ]);
      const recorded = new Map(rows.map((row) => [`${row.id} ${row.claims}`, row]));
      return items.map(({ claimed: { id, claims } }) => recorded.get(`${id} ${claims}`));
    },
    { retryAlone: isRowsFault },
  );

  return {
    claim: async (id) => {
      const row = await claimOne(id);
      if (row === undefined || row.admitted) return row;
      waitingRoom.enter(row.merchant_id, id);
      return 'turned away';
    },
    record: (claimed, answer, requestHeaders) => recordOne({ claimed, answer, requestHeaders }),
    nextTurnedAway: (merchantId) => waitingRoom.next(merchantId),
  };
}
