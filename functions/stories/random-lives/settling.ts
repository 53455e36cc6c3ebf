import type { Notes, Step, Thread } from './explain.ts';
import { approved } from './instruments.ts';
import { leaseMs, type Model, orderOf, type Payment, paymentOf, refundOf, tell } from './model.ts';

type Kind = 'payment' | 'refund';

/** A bell rung for a payment or a refund: somebody takes it, if it is there to be taken, and then writes down its end. */
export const settling = (kind: Kind, id: string): Thread => [taking(kind, id), asking(kind, id), recording(kind, id)];

const isFree = ({ status, dueAt, heldUntil }: { status: string; dueAt: number; heldUntil: number }, now: number) =>
  status === 'pending' && dueAt <= now && heldUntil <= now;

/** A worker takes it for the length of a lease. */
export const taking =
  (kind: Kind, id: string): Step =>
  (model, notes) => {
    delete notes.claim;
    const work = kind === 'payment' ? paymentOf(model, id) : refundOf(model, id);
    if (!isFree(work, model.now)) return undefined;
    if ('orderId' in work) {
      const rival = model.payments.find((p) => p.orderId === work.orderId && p.id !== id && p.hasTheCharge);
      // One attempt of an order at a time is at the bank, also when its worker has died.
      if (rival?.status === 'pending') return undefined;
      work.hasTheCharge = rival === undefined;
      notes.isLate = rival !== undefined;
    }
    notes.claim = ++work.claims;
    work.heldUntil = model.now + leaseMs;
    return undefined;
  };

/** The bank moves the money, once. An attempt that comes second charges nobody. */
export const asking =
  (kind: Kind, id: string): Step =>
  (model, notes) => {
    if (notes.claim === undefined) return undefined;
    if (kind === 'payment') {
      const payment = paymentOf(model, id);
      if (notes.isLate !== true && payment.fate.charge === approved) payment.taken = payment.amount;
    } else {
      const refund = refundOf(model, id);
      if (paymentOf(model, refund.paymentId).fate.refunds === 'PROCESSED') refund.returned = refund.amount;
    }
    return undefined;
  };

/** What the bank said is written down, unless somebody else has taken the work over meanwhile. */
export const recording =
  (kind: Kind, id: string): Step =>
  (model, notes) => {
    const work = kind === 'payment' ? paymentOf(model, id) : refundOf(model, id);
    notes.isRecorded = notes.claim !== undefined && work.status === 'pending' && work.claims === notes.claim;
    if (!notes.isRecorded) return undefined;
    if (kind === 'payment') endPayment(model, paymentOf(model, id), notes);
    else endRefund(model, id);
    return undefined;
  };

function endPayment(model: Model, payment: Payment, { isLate }: Notes): void {
  const isPaid = isLate !== true && payment.fate.charge === approved;
  payment.status = isPaid ? 'success' : 'failed';
  payment.hasTheCharge = isPaid;
  if (isPaid) orderOf(model, payment.orderId).status = 'paid';
  else payment.errorCode = isLate === true ? 'ORDER_ALREADY_PAID' : payment.fate.charge;
  tell(model, `payment.${payment.status}`);
}

function endRefund(model: Model, id: string): void {
  const refund = refundOf(model, id);
  const payment = paymentOf(model, refund.paymentId);
  if (payment.fate.refunds === 'PROCESSED') {
    refund.status = 'processed';
    payment.done += refund.amount;
    payment.status = payment.done === payment.amount ? 'refunded' : 'partially_refunded';
  } else {
    refund.status = 'failed';
    payment.reserved -= refund.amount;
  }
  tell(model, `refund.${refund.status}`);
}
