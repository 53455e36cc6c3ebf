import type { Acquirer } from '../acquirer/acquirer.ts';
import { type RefundFailure, refundFailures } from '../contracts/errors.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import { withDeadline } from '../work/deadline.ts';
import { foreignCallDeadlineMs } from '../work/lease.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import type { ClaimedRefund, RefundingStore, RefundSettlement } from './refunding-store.ts';

type Deps = { acquirer: Acquirer; refundings: RefundingStore; doorbell: Doorbell; log: Log };

/**
 * Takes a due refund to its end: claim, give the money back, record. Run twice, at once or later, it changes nothing:
 * the second run gets no claim, or loses it to the fence, and the acquirer refunds once however often it is asked.
 * @throws when the acquirer does not answer; the lease then ends by itself and the refund is asked for again.
 */
export async function settleRefund(deps: Deps, id: string): Promise<void> {
  const claimed = await deps.refundings.claim(id);
  if (claimed === undefined) return;
  const settled = await deps.refundings.record(claimed, await settlementOf(deps, claimed));
  if (settled === undefined || settled.deliveryId === null) return;
  await ringAfterCommit(deps, [{ type: 'deliver-webhook', id: settled.deliveryId, delayMs: 0 }]);
}

async function settlementOf({ acquirer }: Deps, claimed: ClaimedRefund): Promise<RefundSettlement> {
  const { id: refundId, payment_id: paymentId, acquirer_reference: reference, amount: amountMinor, currency } = claimed;
  const refunding = acquirer.refund({ refundId, paymentId, reference, amountMinor, currency });
  const answer = await withDeadline(refunding, foreignCallDeadlineMs, 'the acquirer');
  return answer.outcome === 'processed' ? { status: 'processed' } : failed(answer.reason);
}

const failed = (reason: RefundFailure): RefundSettlement => ({
  status: 'failed',
  error_code: reason,
  error_description: refundFailures[reason],
});
