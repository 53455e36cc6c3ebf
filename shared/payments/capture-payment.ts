import { badRequest, notFound } from '../contracts/errors.ts';
import type { CapturePayment } from '../contracts/payments.ts';
import type { Database } from '../database/database.ts';
import type { KeepAnswer } from '../idempotency/keep-answer.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import { newEvent } from '../webhooks/event.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import { lockPayment } from './lock-payment.ts';
import { markCaptured } from './capture-store.ts';
import { paymentEventData, shownPayment } from './payment-row.ts';

type Deps = { database: Database; doorbell: Doorbell; log: Log };

/**
 * Captures a successful payment, as a whole and once. The money was charged when the payment succeeded; capturing says
 * that the merchant keeps it.
 * @throws NOT_FOUND_ERROR, or BAD_REQUEST_ERROR when the payment has not succeeded, is captured already, has been refunded
 * in part, or is of another amount.
 */
export async function capturePayment(
  deps: Deps,
  { merchantId, paymentId }: { merchantId: string; paymentId: string },
  { amount }: CapturePayment,
  keep?: KeepAnswer,
) {
  const { answer, deliveryId } = await deps.database.transaction(async (within) => {
    const payment = await lockPayment(within, merchantId, paymentId);
    if (payment === undefined) throw notFound('Payment not found');
    if (payment.status !== 'success' || payment.captured) throw badRequest('Payment not in capturable state');
    if (amount !== undefined && amount !== payment.amount) {
      throw badRequest(`amount must equal the payment's amount, ${payment.amount}; captures are whole`, 'amount');
    }
    const event = newEvent('payment.captured', paymentEventData(payment), payment.now);
    const captured = await markCaptured(within, payment, event);
    const shown = shownPayment({ ...payment, captured: true, updated_at: payment.now });
    await keep?.(within, shown);
    return { answer: shown, deliveryId: captured.deliveryId };
  });
  await ringAfterCommit(deps, deliveryId === null ? [] : [{ type: 'deliver-webhook', id: deliveryId, delayMs: 0 }]);
  return answer;
}
