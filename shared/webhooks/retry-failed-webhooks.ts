import type { Database } from '../database/database.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import { beginRetries } from './webhook-log-store.ts';

type Deps = { database: Database; doorbell: Doorbell; log: Log };

/** One statement locks this many rows for a moment; who has more asks again. */
export const retriesAtOnce = 1_000;

/** Sends every delivery that was given up again, as `retryWebhook` does with one. */
export async function retryFailedWebhooks(deps: Deps, merchantId: string) {
  const ids = await beginRetries(deps.database, merchantId, retriesAtOnce);
  await ringAfterCommit(
    deps,
    ids.map((id) => ({ type: 'deliver-webhook', id, delayMs: 0 })),
  );
  return { retried: ids.length };
}
