import { type RefundFailure, refundFailures } from '../../../shared/contracts/errors.ts';
import { statusAfterRefund } from '../../../shared/refunds/refundable.ts';
import type { Payment, Refund } from './rows.ts';
import { later, tell, type World } from './world.ts';

const secondMs = 1_000;
const hourMs = 3_600 * secondMs;
/** A few refunds of the last day's payments were asked for just now, so that there are some under way to look at. */
const lately = 24 * hourMs;
const justNowMs = 20 * 60 * secondMs;
const mostUnderWay = 8;

const reasonsGiven = [
  'Item returned',
  'Out of stock',
  'Ordered twice',
  'Damaged on arrival',
  'Customer changed their mind',
];

/** What the bank makes of every refund of a payment. */
export type Outcome = 'PROCESSED' | RefundFailure;

/** What is asked back of a successful payment: mostly nothing, else all of it, a part, or two parts. */
export function liveRefunds(world: World, payment: Payment, outcome: Outcome): void {
  const { random, now } = world;
  const paidAt = payment.updated_at;
  const ageMs = now.getTime() - paidAt.getTime();
  const isWanted = ageMs < lately && ageMs > justNowMs && world.refundsUnderWay < mostUnderWay;
  if (!random.chance(isWanted ? 0.15 : 0.055)) return;
  let at = isWanted ? later(now, -random.between(secondMs, justNowMs)) : later(paidAt, random.between(1, 120) * hourMs);
  for (const amount of partsOf(world, payment.amount)) {
    if (at >= now) return;
    refund(world, payment, { amount, at, outcome, isUnderWay: isWanted });
    if (isWanted) return;
    at = later(at, random.between(1, 48) * hourMs);
  }
}

function partsOf({ random }: World, amount: number): number[] {
  const part = Math.max(1, Math.round((amount * random.between(0.2, 0.6)) / 100) * 100);
  const way = random.pick({ whole: 50, part: 35, parts: 15 });
  if (way === 'whole' || part >= amount) return [amount];
  return way === 'part' ? [part] : [part, amount - part];
}

function refund(
  world: World,
  payment: Payment,
  { amount, at, outcome, isUnderWay }: { amount: number; at: Date; outcome: Outcome; isUnderWay: boolean },
): void {
  const { random, now, rows } = world;
  const made: Refund = {
    id: random.id('rfnd'),
    payment_id: payment.id,
    merchant_id: world.merchantId,
    amount,
    reason: random.chance(0.7) ? random.oneOf(reasonsGiven) : null,
    status: 'pending',
    error_code: null,
    error_description: null,
    due_at: later(now, random.between(60, 900) * secondMs),
    claims: 0,
    created_at: at,
    processed_at: null,
  };
  rows.refunds.push(made);
  payment.refund_reserved += amount;
  tell(world, 'refund.created', payment, at, made);

  const settledAt = later(at, random.between(3, 5) * secondMs);
  if (settledAt >= now || isUnderWay) {
    world.refundsUnderWay += 1;
    return;
  }
  rows.simulated_refunds.push({
    refund_id: made.id,
    payment_id: payment.id,
    amount,
    currency: payment.currency,
    outcome,
    refunded_at: settledAt,
  });
  Object.assign(made, { due_at: null, claims: 1 });
  if (outcome === 'PROCESSED') {
    payment.refund_done += amount;
    payment.status = statusAfterRefund(payment.amount, payment.refund_done);
    Object.assign(made, { status: 'processed', processed_at: settledAt });
    tell(world, 'refund.processed', payment, settledAt, made);
  } else {
    payment.refund_reserved -= amount;
    Object.assign(made, { status: 'failed', error_code: outcome, error_description: refundFailures[outcome] });
    tell(world, 'refund.failed', payment, settledAt, made);
  }
}
