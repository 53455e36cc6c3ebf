import { type Queryable, statement } from '../database/database.ts';

/** How often a worker reports in, and after how long a silence it counts as stopped. */
export const heartbeatEveryMs = 3_000;
export const silentAfterMs = 10_000;

const writeHeartbeat = statement(
  'write-heartbeat',
  `insert into worker_heartbeats (worker_id, seen_at) values ($1, gateway_now())
   on conflict (worker_id) do update set seen_at = excluded.seen_at`,
);

const dropHeartbeat = statement(
  'drop-heartbeat',
  `delete from worker_heartbeats where worker_id = $1 or seen_at < gateway_now() - interval '1 day'`,
);

export const reportAlive = (database: Queryable, workerId: string) => database.rows(writeHeartbeat, [workerId]);

/** A worker that stops in order says so, instead of being believed alive until it has been silent long enough. */
export const reportStopped = (database: Queryable, workerId: string) => database.rows(dropHeartbeat, [workerId]);
