import type { Database } from '../database/database.ts';
import type { Settings } from '../runtime/settings.ts';
import { countWork, countWorkers, listDueNext, listFailed, type Whose } from './queue-store.ts';

type Deps = { database: Database; settings: Pick<Settings, 'GATEWAY_MODE' | 'DASHBOARD_ORIGIN'> };

/** A page of each, not a list to leaf through: the payments, refunds and deliveries have theirs. */
const dueShown = 10;
const failedShown = 20;

/** The work there is, read from its rows: an operator's view of everybody's, anybody else's of their own. */
export async function readQueues(
  { database, settings }: Deps,
  { id, is_operator: isOperator }: { id: string; is_operator: boolean },
) {
  const whose: Whose = isOperator ? null : id;
  const [jobs, due_next, failed, { workers, last_seen_at }] = await Promise.all([
    countWork(database, whose),
    listDueNext(database, whose, dueShown),
    listFailed(database, whose, id, failedShown),
    countWorkers(database),
  ]);
  const status = workers > 0 ? 'running' : 'stopped';
  // The board shows what is in the queues, whoever's it is.
  const hasBoard = isOperator && settings.GATEWAY_MODE === 'sandbox';
  const board_url = hasBoard ? `${settings.DASHBOARD_ORIGIN}/queues-board` : null;
  return {
    scope: isOperator ? 'all' : 'own',
    worker: { status, last_seen_at, workers },
    jobs,
    due_next,
    failed,
    board_url,
  };
}
