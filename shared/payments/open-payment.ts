import type { Acquirer } from '../acquirer/acquirer.ts';
import { badRequest, notFound } from '../contracts/errors.ts';
import { orderId } from '../contracts/ids.ts';
import type { CreatePayment } from '../contracts/payments.ts';
import type { KeepAnswer } from '../idempotency/keep-answer.ts';
import { newId } from '../ids/new-id.ts';
import type { Doorbell } from '../queue/doorbell.ts';
import type { Log } from '../runtime/log.ts';
import { newEvent } from '../webhooks/event.ts';
import { withDeadline } from '../work/deadline.ts';
import { foreignCallDeadlineMs } from '../work/lease.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import { checkInstrument } from './instrument.ts';
import type { OpeningStore } from './opening-store.ts';
import { type PaymentCore, paymentEventData, shownCreatedPayment } from './payment-row.ts';

type Deps = { openings: OpeningStore; acquirer: Acquirer; doorbell: Doorbell; log: Log };

/**
 * Takes a payment for an order; it settles later. Amount and currency are the order's, whatever the caller sends.
 * @param merchantId null when a shopper pays: the merchant is then the order's.
 */
export async function openPayment(deps: Deps, merchantId: string | null, wanted: CreatePayment, keep?: KeepAnswer) {
  const order = orderId.safeParse(wanted.order_id).success
    ? await deps.openings.findPayable(wanted.order_id, merchantId)
    : undefined;
  if (order === undefined) throw notFound('Order not found');
  if (order.status === 'paid') throw badRequest('Order is already paid');
  const { instrument, description } = checkInstrument(wanted, order.now);
  const { reference, readyInMs } = await withDeadline(
    deps.acquirer.present(instrument),
    foreignCallDeadlineMs,
    'the acquirer',
  );

  const payment = {
    id: newId('pay'),
    order_id: wanted.order_id,
    merchant_id: order.merchant_id,
    amount: order.amount,
    currency: order.currency,
    ...description,
    status: 'pending',
    acquirer_reference: reference,
    created_at: order.now,
  } satisfies PaymentCore & { merchant_id: string; acquirer_reference: string };
  const events = (['payment.created', 'payment.pending'] as const).map((type) =>
    newEvent(type, paymentEventData(payment), order.now),
  );

  const answer = shownCreatedPayment(payment);
  const deliveryIds = await deps.openings.insert(
    { payment, readyInMs, events },
    keep && ((within) => keep(within, answer)),
  );
  await ringAfterCommit(deps, [
    ...deliveryIds.map((id) => ({ type: 'deliver-webhook', id, delayMs: 0 }) as const),
    { type: 'settle-payment', id: payment.id, delayMs: readyInMs },
  ]);
  return answer;
}
