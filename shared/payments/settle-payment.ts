import type { Acquirer } from '../acquirer/acquirer.ts';
import { type PaymentFailure, paymentFailures } from '../contracts/errors.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import { withDeadline } from '../work/deadline.ts';
import { foreignCallDeadlineMs } from '../work/lease.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import type { ClaimedPayment, Settlement, SettlementStore } from './settlement-store.ts';

type Deps = { acquirer: Acquirer; settlements: SettlementStore; doorbell: Doorbell; log: Log };

/**
 * Takes a due payment to its end: claim, charge, record. Run twice, at once or later, it changes nothing: the second
 * run gets no claim, or loses it to the fence, and the acquirer charges a payment once however often it is asked.
 * @throws when the acquirer does not answer; the lease then ends by itself and the payment is asked for again.
 */
export async function settlePayment(deps: Deps, id: string): Promise<void> {
  const claimed = await deps.settlements.claim(id);
  if (claimed === undefined) return;
  const settled = await deps.settlements.record(claimed, await settlementOf(deps, claimed));
  if (settled === undefined) return;
  await ringAfterCommit(deps, [
    ...(settled.deliveryId === null ? [] : [{ type: 'deliver-webhook', id: settled.deliveryId, delayMs: 0 } as const]),
    ...settled.waitingIds.map((waiting) => ({ type: 'settle-payment', id: waiting, delayMs: 0 }) as const),
  ]);
}

async function settlementOf({ acquirer }: Deps, claimed: ClaimedPayment): Promise<Settlement> {
  if (claimed.order_paid) return failed('ORDER_ALREADY_PAID');
  const { id: paymentId, acquirer_reference: reference, amount: amountMinor, currency } = claimed;
  const charge = acquirer.charge({ paymentId, reference, amountMinor, currency });
  const answer = await withDeadline(charge, foreignCallDeadlineMs, 'the acquirer');
  return answer.outcome === 'approved' ? { status: 'success' } : failed(answer.reason);
}

const failed = (reason: PaymentFailure): Settlement => ({
  status: 'failed',
  error_code: reason,
  error_description: paymentFailures[reason],
});
