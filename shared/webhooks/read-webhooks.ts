import { notFound } from '../contracts/errors.ts';
import type { ListWebhooks } from '../contracts/webhooks.ts';
import type { Database } from '../database/database.ts';
import { findWebhookLog, listAttempts, listWebhookLogs } from './webhook-log-store.ts';

type Deps = { database: Database };

export const getWebhooks = ({ database }: Deps, merchantId: string, query: ListWebhooks) =>
  listWebhookLogs(database, merchantId, query);

/** @throws NOT_FOUND_ERROR also for another merchant's delivery. */
export async function getWebhook({ database }: Deps, merchantId: string, id: string) {
  const log = await findWebhookLog(database, merchantId, id);
  if (log === undefined) throw notFound('Webhook not found');
  return { ...log, attempt_log: await listAttempts(database, id) };
}
