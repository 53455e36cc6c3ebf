import { type Queryable, statement } from '../database/database.ts';

/** How often a long-running worker reports in, and after how long a silence it counts as stopped. */
export const heartbeatEveryMs = 3_000;
export const silentAfterMs = 10_000;

const writeHeartbeat = statement(
  'write-heartbeat',
  `insert into worker_heartbeats (worker_id, seen_at, silent_after_ms) values ($1, gateway_now(), $2)
   on conflict (worker_id) do update set seen_at = excluded.seen_at, silent_after_ms = excluded.silent_after_ms`,
);

const dropHeartbeat = statement(
  'drop-heartbeat',
  `delete from worker_heartbeats where worker_id = $1 or seen_at < gateway_now() - interval '1 day'`,
);

/** @param silentMs after how long a silence this one counts as stopped; the row says it to whoever looks. */
export const reportAlive = (database: Queryable, workerId: string, silentMs = silentAfterMs) =>
  database.rows(writeHeartbeat, [workerId, silentMs]);

/** In SQL, of a row of worker_heartbeats. */
export const isHeard = `seen_at > (select gateway_now()) - silent_after_ms * interval '1 millisecond'`;

/** A worker that stops in order says so, instead of being believed alive until it has been silent long enough. */
export const reportStopped = (database: Queryable, workerId: string) => database.rows(dropHeartbeat, [workerId]);
