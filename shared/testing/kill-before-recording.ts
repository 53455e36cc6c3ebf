import { statement } from '../database/database.ts';
import { theGateway } from '../gateway/gateway.ts';
import type { TestWorker } from './start-worker.ts';
import { until } from './until.ts';

/**
 * Kills a worker at its worst moment: money has moved (`hasMoved`), and the record of it is on its way into a table that
 * lets nobody in. Nothing the worker had under way is done after this, and nothing is left locked.
 */
export async function killBeforeRecording(worker: TestWorker, hasMoved: () => Promise<boolean>): Promise<void> {
  await theGateway().database.transaction(async (transaction) => {
    await transaction.rows(statement('', 'lock table events in exclusive mode'));
    await until('money has moved', hasMoved, 10_000, 5);
    await worker.kill();
    // PostgreSQL does not see that a client is gone while its statement waits for a lock, and would still do it when the
    // lock is free: that is right, but then it was no kill.
    await transaction.rows(
      statement(
        '',
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      ),
    );
  });
}
