import type { Acquirer } from '../acquirer/acquirer.ts';
import { notFound } from '../contracts/errors.ts';
import type { CreateRefund } from '../contracts/refunds.ts';
import type { Database } from '../database/database.ts';
import type { KeepAnswer } from '../idempotency/keep-answer.ts';
import { newId } from '../ids/new-id.ts';
import { lockPayment } from '../payments/lock-payment.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import { newEvent } from '../webhooks/event.ts';
import { withDeadline } from '../work/deadline.ts';
import { foreignCallDeadlineMs } from '../work/lease.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import { refundEventData, type RefundRow, shownCreatedRefund } from './refund-row.ts';
import { findRefundablePayment, reserveRefund } from './reserving-store.ts';
import { checkRefundable } from './refundable.ts';

type Deps = { database: Database; acquirer: Acquirer; doorbell: Doorbell; log: Log };

/**
 * Promises money of a payment back; it goes back later. The amount is reserved at once, so that any number of requests
 * together never promise more than the payment has.
 * @throws NOT_FOUND_ERROR, or BAD_REQUEST_ERROR when there is nothing, or less than that, to refund.
 */
export async function createRefund(
  deps: Deps,
  { merchantId, paymentId }: { merchantId: string; paymentId: string },
  { amount, reason }: CreateRefund,
  keep?: KeepAnswer,
) {
  // A first look without a lock: what can be refused is refused before the acquirer hears of it.
  const found = await findRefundablePayment(deps.database, merchantId, paymentId);
  if (found === undefined) throw notFound('Payment not found');
  checkRefundable(found, amount);
  const announced = { reference: found.acquirer_reference, amountMinor: amount, currency: found.currency };
  const { readyInMs } = await withDeadline(
    deps.acquirer.presentRefund(announced),
    foreignCallDeadlineMs,
    'the acquirer',
  );

  const id = newId('rfnd');
  const { answer, deliveryId } = await deps.database.transaction(async (within) => {
    const payment = await lockPayment(within, merchantId, paymentId);
    if (payment === undefined) throw notFound('Payment not found');
    checkRefundable(payment, amount);
    const refund: RefundRow = {
      id,
      payment_id: paymentId,
      merchant_id: merchantId,
      amount,
      reason,
      status: 'pending',
      error_code: null,
      error_description: null,
      created_at: payment.now,
      processed_at: null,
    };
    const event = newEvent('refund.created', refundEventData(refund, payment), payment.now);
    const reserved = await reserveRefund(within, { refund, readyInMs, event });
    const shown = shownCreatedRefund(refund);
    await keep?.(within, shown);
    return { answer: shown, deliveryId: reserved.deliveryId };
  });

  await ringAfterCommit(deps, [
    ...(deliveryId === null ? [] : [{ type: 'deliver-webhook', id: deliveryId, delayMs: 0 } as const]),
    { type: 'settle-refund', id, delayMs: readyInMs },
  ]);
  return answer;
}
