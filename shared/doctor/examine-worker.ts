import { type Queryable, statement } from '../database/database.ts';
import { isHeard } from '../work/heartbeat.ts';
import { fault, type Finding, ok } from './finding.ts';

const about = { section: 'worker', name: 'heartbeat' } as const;

const readHeartbeats = statement(
  'doctor-heartbeats',
  `select count(*) filter (where ${isHeard}) as alive,
          extract(epoch from (select gateway_now()) - max(seen_at))::integer as silent_s
   from worker_heartbeats`,
);
type Heartbeats = { alive: number; silent_s: number | null };

async function heartbeats(database: Queryable): Promise<Heartbeats> {
  const [row] = await database.rows<Heartbeats>(readHeartbeats);
  return row ?? { alive: 0, silent_s: null };
}

export const isWorkerAlive = async (database: Queryable) => (await heartbeats(database)).alive > 0;

export async function examineWorker(database: Queryable): Promise<Finding> {
  const { alive, silent_s: silentSeconds } = await heartbeats(database);
  if (alive > 0) return ok(about, `${alive === 1 ? 'A worker has' : `${alive} workers have`} reported in lately.`);
  const since = silentSeconds === null ? 'and none has lately' : `the last one ${silentSeconds} s ago`;
  return fault(
    about,
    `No worker reports in, ${since}: payments stay pending and webhooks are not sent.`,
    'Start one: npm start runs one, and starts it again when it dies. Its log is .data/logs/worker.log. On AWS the sweep ' +
      'reports in every minute: look at the log of that function, and whether its schedule is on.',
  );
}
