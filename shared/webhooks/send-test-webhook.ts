import { badRequest } from '../contracts/errors.ts';
import { gatewayNow } from '../database/clock.ts';
import type { Database } from '../database/database.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import { newEvent } from './event.ts';
import { insertMerchantEvent } from './webhook-log-store.ts';

type Deps = { database: Database; doorbell: Doorbell; log: Log };

/**
 * Queues a real, signed `webhook.test` delivery.
 * @throws BAD_REQUEST_ERROR when there is nowhere to send it.
 */
export async function sendTestWebhook(deps: Deps, merchant: { id: string; name: string; webhook_url: string | null }) {
  if (merchant.webhook_url === null) throw badRequest('Webhook URL is not configured');
  const now = await gatewayNow(deps.database);
  const event = newEvent('webhook.test', { merchant: { id: merchant.id, name: merchant.name } }, now);
  const id = await insertMerchantEvent(deps.database, merchant.id, event, now);
  // The URL was cleared between the look and the write.
  if (id === undefined) throw badRequest('Webhook URL is not configured');
  await ringAfterCommit(deps, [{ type: 'deliver-webhook', id, delayMs: 0 }]);
  return { id, event_id: event.id, status: 'pending', message: 'Webhook test scheduled' };
}
