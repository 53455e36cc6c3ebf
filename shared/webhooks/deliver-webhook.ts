import type { Bell, Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import type { Sealer } from '../secrets/sealer.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import type { ClaimedDelivery, DeliveryStore, RecordedAttempt } from './delivery-store.ts';
import type { WebhookSender } from './outgoing/send.ts';
import { signWebhook } from './outgoing/sign.ts';

type Deps = { deliveries: DeliveryStore; sender: WebhookSender; sealer: Sealer; doorbell: Doorbell; log: Log };

/** How long one job goes on with the deliveries that wait for its place, before it leaves them to another job. */
const staysMs = 2_000;

/**
 * Attempts a due delivery, and then those of its merchant that were turned away meanwhile: the place it leaves goes
 * straight to the next. Run twice, at once or later, it changes nothing: the second run gets no claim. A worker killed
 * between sending and recording sends again after the lease; receivers tell the two apart by `webhook-id`.
 */
export async function deliverWebhook(deps: Deps, id: string): Promise<void> {
  const startedMs = performance.now();
  let merchantId: string | undefined;
  let next: string | undefined = id;
  while (next !== undefined && performance.now() - startedMs < staysMs) {
    const claimed = await deps.deliveries.claim(next);
    if (claimed === 'turned away') return;
    if (claimed !== undefined) {
      await attempt(deps, claimed);
      merchantId = claimed.merchant_id;
    }
    // One that somebody else has done meanwhile does not use the place up.
    next = merchantId === undefined ? undefined : deps.deliveries.nextTurnedAway(merchantId);
  }
  if (next !== undefined) await ringAfterCommit(deps, [{ type: 'deliver-webhook', id: next, delayMs: 0 }]);
}

/** Send, record, ring for the retry. */
async function attempt(deps: Deps, claimed: ClaimedDelivery): Promise<void> {
  const headers = headersOf(deps, claimed);
  const answer = await deps.sender.send({ url: claimed.url, headers, body: claimed.payload });
  const recorded = await deps.deliveries.record(claimed, answer, headers);
  await ringAfterCommit(deps, retryBell(claimed, recorded));
}

function headersOf(deps: Deps, { event_id, payload, webhook_secret, retired_secrets }: ClaimedDelivery) {
  return signWebhook({
    body: payload,
    webhookId: event_id,
    // The receiver holds it against its own clock, so it is this host's and not the gateway's, which a test may move.
    timestampSeconds: Math.floor(Date.now() / 1_000),
    secrets: {
      current: deps.sealer.unseal(webhook_secret),
      previous: retired_secrets.flatMap((sealed) => unsealRetired(deps, sealed)),
    },
  });
}

/** A delivery that lacks one old signature is worth more than none: who has the new secret can verify it. */
function unsealRetired({ sealer, log }: Deps, sealed: string): string[] {
  try {
    return [sealer.unseal(sealed)];
  } catch (error) {
    log.warn({ err: error }, 'a retired webhook secret cannot be unsealed; the delivery goes without its signature');
    return [];
  }
}

function retryBell(claimed: ClaimedDelivery, recorded: RecordedAttempt | undefined): Bell[] {
  if (recorded === undefined || recorded.retryInMs === null) return [];
  return [{ type: 'deliver-webhook', id: claimed.id, delayMs: Math.max(0, recorded.retryInMs) }];
}
