import { type PaymentFailure, paymentFailures } from '../../../shared/contracts/errors.ts';
import type { PaymentMethod } from '../../../shared/contracts/payments.ts';
import { writeReference } from '../../../shared/acquirer/simulated-reference.ts';
import { type Customer, nextCustomer } from './customers.ts';
import { liveRefunds } from './live-refunds.ts';
import type { Order, Payment } from './rows.ts';
import { presentMs } from './times.ts';
import { later, tell, type World } from './world.ts';

/** As the simulated acquirer has it, in percent. */
const successRate: Readonly<Record<PaymentMethod, number>> = { upi: 0.9, card: 0.95 };
type Reason = Exclude<PaymentFailure, 'ORDER_ALREADY_PAID'>;
const reasons: Readonly<Record<PaymentMethod, Readonly<Partial<Record<Reason, number>>>>> = {
  upi: { PAYMENT_FAILED: 50, PAYMENT_TIMEOUT: 30, INSUFFICIENT_FUNDS: 20 },
  card: { PAYMENT_FAILED: 45, INSUFFICIENT_FUNDS: 30, INCORRECT_CVV: 12, PROCESSING_ERROR: 8, EXPIRED_CARD: 5 },
};

const secondMs = 1_000;

/** How long a shopper who has not approved yet is waited for. */
const collectMs = 300 * secondMs;

/**
 * An order and what became of it: paid at once, paid at the second attempt, paid while another attempt was under way,
 * given up, or never tried.
 * @param atMost how many payments it may have.
 * @returns how many it has.
 */
export function liveOrder(world: World, at: Date, atMost: number): number {
  const { random, rows } = world;
  const order = anOrder(world, at);
  rows.orders.push(order);
  // Of another shopper, who thought better of it.
  if (random.chance(0.06)) rows.orders.push(anOrder(world, at));

  const customer = nextCustomer(random, world.customers);
  const method = random.chance(0.72) ? 'upi' : 'card';
  const first = attempt(world, order, customer[method], later(at, random.between(2, 40) * secondMs));
  if (atMost < 2 || first.status === 'pending') return 1;

  if (first.status === 'failed') {
    const again = later(first.updated_at, random.between(10, 180) * secondMs);
    if (again >= world.now || !random.chance(0.55)) return 1;
    attempt(world, order, customer[random.chance(0.4) ? otherThan[method] : method], again);
    return 2;
  }
  if (!random.chance(0.004)) return 1;
  // Somebody pressed the button twice.
  comeSecond(world, order, customer[method], first);
  return 2;
}

const otherThan: Readonly<Record<PaymentMethod, PaymentMethod>> = { upi: 'card', card: 'upi' };

function anOrder({ random, merchantId }: World, at: Date): Order {
  const isForeign = random.chance(0.02);
  const whole = Math.min(
    80_000,
    Math.max(isForeign ? 5 : 49, Math.round(Math.exp(random.normal(isForeign ? 3.8 : 6.6, 0.9)))),
  );
  return {
    id: random.id('order'),
    merchant_id: merchantId,
    // Prices like to end in 9.
    amount: (random.chance(0.6) ? whole - (whole % 10) + 9 : whole) * 100,
    currency: isForeign ? 'USD' : 'INR',
    receipt: random.chance(0.95) ? `INV-${at.getUTCFullYear()}-${random.id('pay').slice(4, 12).toUpperCase()}` : null,
    notes: random.chance(0.5) ? JSON.stringify({ cart: String(random.whole(1_000, 99_999)) }) : '{}',
    status: 'created',
    created_at: at,
    updated_at: at,
  };
}

function attempt(world: World, order: Order, paidBy: Customer[PaymentMethod], at: Date): Payment {
  const { random, now } = world;
  const at0 = at < now ? at : order.created_at;
  const isApproved = random.chance(successRate[paidBy.method]);
  const charge = isApproved ? 'APPROVED' : random.pick(reasons[paidBy.method]);
  const refunds = random.chance(0.06) ? 'REFUND_FAILED' : 'PROCESSED';
  const payment = open(world, order, paidBy, { at: at0, reference: writeReference({ charge, refunds }) });
  const settledAt = later(at0, charge === 'PAYMENT_TIMEOUT' ? collectMs : random.between(5, 10) * secondMs);
  if (settledAt >= now || isAtPresent(world, at0)) return payment;

  settle(world, payment, charge, settledAt);
  const { id, amount, currency } = payment;
  world.rows.simulated_charges.push({ payment_id: id, amount, currency, outcome: charge, charged_at: settledAt });
  if (charge !== 'APPROVED') return payment;
  Object.assign(order, { status: 'paid', updated_at: settledAt });
  capture(world, payment);
  liveRefunds(world, payment, refunds);
  return payment;
}

const isAtPresent = ({ random, now }: World, at: Date) =>
  now.getTime() - at.getTime() < presentMs && random.chance(0.8);

/** It was made while the first one was at the bank, so it finds the order paid, and the bank is not asked. */
function comeSecond(world: World, order: Order, paidBy: Customer[PaymentMethod], first: Payment): void {
  const at = later(first.created_at, world.random.between(0.5, 4) * secondMs);
  const reference = writeReference({ charge: 'APPROVED', refunds: 'PROCESSED' });
  const second = open(world, order, paidBy, { at, reference });
  const settledAt = later(order.updated_at, world.random.between(0.5, 5) * secondMs);
  if (settledAt < world.now) settle(world, second, 'ORDER_ALREADY_PAID', settledAt);
}

function open(
  world: World,
  order: Order,
  paidBy: Customer[PaymentMethod],
  { at, reference }: { at: Date; reference: string },
) {
  const payment: Payment = {
    id: world.random.id('pay'),
    order_id: order.id,
    merchant_id: world.merchantId,
    amount: order.amount,
    currency: order.currency,
    ...paidBy,
    status: 'pending',
    captured: false,
    error_code: null,
    error_description: null,
    acquirer_reference: reference,
    holds_charge: false,
    refund_reserved: 0,
    refund_done: 0,
    event_count: 0,
    // It settles once somebody has had a look at it.
    due_at: later(world.now, world.random.between(30, 300) * secondMs),
    claims: 0,
    created_at: at,
    updated_at: at,
  };
  world.rows.payments.push(payment);
  tell(world, 'payment.created', payment, at);
  tell(world, 'payment.pending', payment, at);
  return payment;
}

function settle(world: World, payment: Payment, outcome: 'APPROVED' | PaymentFailure, at: Date): void {
  const isApproved = outcome === 'APPROVED';
  Object.assign(payment, {
    due_at: null,
    claims: 1,
    status: isApproved ? 'success' : 'failed',
    holds_charge: isApproved,
  });
  if (!isApproved) Object.assign(payment, { error_code: outcome, error_description: paymentFailures[outcome] });
  tell(world, isApproved ? 'payment.success' : 'payment.failed', payment, at);
}

function capture(world: World, payment: Payment): void {
  const at = later(payment.updated_at, world.random.between(10, 3_000) * secondMs);
  if (at >= world.now || !world.random.chance(0.3)) return;
  payment.captured = true;
  tell(world, 'payment.captured', payment, at);
}
