import { type Queryable, statement } from '../database/database.ts';
import { isHeard } from './heartbeat.ts';

export type JobsStatus = {
  pending: number;
  processing: number;
  completed: number;
  failed: number;
  worker_status: 'running' | 'stopped';
};

const countJobs = statement(
  'count-jobs',
  `with work as (
     select status = 'pending' as open, false as given_up, lease_until from payments
     union all select status = 'pending', false, lease_until from refunds
     union all select status = 'pending', status = 'failed', lease_until from webhook_logs
   )
   select count(*) filter (where open and (lease_until is null or lease_until <= gateway_now())) as pending,
          count(*) filter (where open and lease_until > gateway_now()) as processing,
          count(*) filter (where not open and not given_up) as completed,
          count(*) filter (where given_up) as failed,
          exists (select from worker_heartbeats where ${isHeard}) as alive
   from work`,
);

/** Counted from the rows, which are the truth; a queue would only know how often it was rung. */
export async function jobsStatus(database: Queryable): Promise<JobsStatus> {
  const [row] = await database.rows<Omit<JobsStatus, 'worker_status'> & { alive: boolean }>(countJobs);
  if (row === undefined) throw new Error('counting the jobs answered no row');
  const { alive, ...counts } = row;
  return { ...counts, worker_status: alive ? 'running' : 'stopped' };
}
