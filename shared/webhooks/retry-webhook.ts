import { notFound } from '../contracts/errors.ts';
import type { Database } from '../database/database.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import { beginRetry } from './webhook-log-store.ts';

type Deps = { database: Database; doorbell: Doorbell; log: Log };

/**
 * Sends a delivery again from the first attempt, whatever became of it, to where the merchant listens now - or, when it
 * has cleared its URL, to where it listened before.
 */
export async function retryWebhook(deps: Deps, merchantId: string, id: string) {
  if (!(await beginRetry(deps.database, merchantId, id))) throw notFound('Webhook not found');
  await ringAfterCommit(deps, [{ type: 'deliver-webhook', id, delayMs: 0 }]);
  return { id, status: 'pending', message: 'Webhook retry scheduled' };
}
