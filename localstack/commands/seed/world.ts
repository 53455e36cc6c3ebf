import { refundEventData } from '../../../shared/refunds/refund-row.ts';
import { paymentEventData } from '../../../shared/payments/payment-row.ts';
import type { EventType } from '../../../shared/contracts/webhooks.ts';
import { eventBody } from '../../../shared/webhooks/event.ts';
import type { Customer } from './customers.ts';
import { deliver, type Listener } from './deliver.ts';
import type { Random } from './random.ts';
import type { Payment, Refund, Rows } from './rows.ts';

/** What a life is lived in: chance, the present, whose it is, and the rows it leaves behind. */
export type World = {
  random: Random;
  now: Date;
  merchantId: string;
  customers: readonly Customer[];
  listener: Listener;
  rows: Rows;
  refundsUnderWay: number;
};

export const later = (at: Date, ms: number): Date => new Date(at.getTime() + Math.round(ms));

/** Something happens: it is told in the story of its payment, and to the merchant if it listens by then. */
export function tell(world: World, type: EventType, payment: Payment, at: Date, refund?: Refund): void {
  payment.event_count += 1;
  payment.updated_at = at;
  const data =
    refund === undefined ? paymentEventData(payment, failureIn(type, payment)) : refundEventData(refund, payment);
  const event = {
    id: world.random.id('evt'),
    merchant_id: world.merchantId,
    type,
    payment_id: payment.id,
    refund_id: refund?.id ?? null,
    sequence: payment.event_count,
    payload: eventBody(type, data, at),
    created_at: at,
  };
  world.rows.events.push(event);
  deliver(world, event);
}

const failureIn = (type: EventType, { error_code, error_description }: Payment) =>
  type === 'payment.failed' ? { error_code, error_description } : undefined;
