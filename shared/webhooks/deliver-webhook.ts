import type { Bell, Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import type { ClaimedDelivery, DeliveryStore, RecordedAttempt } from './delivery-store.ts';
import type { WebhookSender } from './outgoing/send.ts';
import { signWebhook } from './outgoing/sign.ts';

type Deps = { deliveries: DeliveryStore; sender: WebhookSender; sealer: Sealer; doorbell: Doorbell; log: Log };

/**
 * One attempt at a due delivery: claim, send, record, ring for what follows. Run twice, at once or later, it changes
 * nothing: the second run gets no claim. A worker killed between sending and recording sends again after the lease;
 * receivers tell the two apart by `webhook-id`.
 */
export async function deliverWebhook(deps: Deps, id: string): Promise<void> {
  const claimed = await deps.deliveries.claim(id);
  if (claimed === undefined) return;
  const answer = await deps.sender.send({ url: claimed.url, headers: headersOf(deps, claimed), body: claimed.payload });
  const recorded = await deps.deliveries.record(claimed, answer);
  // This delivery's place is free again: it goes to one that was turned away.
  const next = deps.deliveries.nextTurnedAway(claimed.merchant_id);
  await ringAfterCommit(deps, [
    ...retryBell(claimed, recorded),
    ...(next === undefined ? [] : [{ type: 'deliver-webhook', id: next, delayMs: 0 } as const]),
  ]);
}

function headersOf({ sealer }: Deps, { event_id, payload, webhook_secret }: ClaimedDelivery) {
  return signWebhook({
    body: payload,
    webhookId: event_id,
    // The receiver holds it against its own clock, so it is this host's and not the gateway's, which a test may move.
    timestampSeconds: Math.floor(Date.now() / 1_000),
    secrets: { current: sealer.unseal(webhook_secret) },
  });
}

function retryBell(claimed: ClaimedDelivery, recorded: RecordedAttempt | undefined): Bell[] {
  if (recorded === undefined || recorded.retryInMs === null) return [];
  return [{ type: 'deliver-webhook', id: claimed.id, delayMs: Math.max(0, recorded.retryInMs) }];
}
