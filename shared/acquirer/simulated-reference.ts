import type { PaymentFailure, RefundFailure } from '../contracts/errors.ts';
import { paymentFailures, refundFailures } from '../contracts/errors.ts';
import type { InstrumentOutcome } from '../contracts/instruments.ts';

/** What the simulator decides when it sees an instrument: the outcome of its charge, and of the refunds of that charge. */
export type Fate = { charge: InstrumentOutcome; refunds: 'PROCESSED' | RefundFailure };

/** The fate travels in the reference, so that it needs no memory and nobody can choose twice. */
export const writeReference = ({ charge, refunds }: Fate): string =>
  refunds === 'PROCESSED' ? `sim_${charge}` : `sim_${charge}:${refunds}`;

/** A reference this version does not know must not move money. */
export function readReference(reference: string): Fate {
  const [charge = '', refunds = 'PROCESSED'] = reference.replace(/^sim_/, '').split(':');
  return {
    charge: charge === 'APPROVED' || isPaymentFailure(charge) ? charge : 'PROCESSING_ERROR',
    refunds: refunds === 'PROCESSED' ? refunds : 'REFUND_FAILED',
  };
}

export const isPaymentFailure = (text: string): text is PaymentFailure => Object.hasOwn(paymentFailures, text);
export const isRefundFailure = (text: string): text is RefundFailure => Object.hasOwn(refundFailures, text);
