import type { PaymentFailure, RefundFailure } from '../contracts/errors.ts';

/** What the shopper pays with. It exists in memory only, from the request to the acquirer. */
export type Instrument = { method: 'upi'; vpa: string } | { method: 'card'; number: string };

export type ChargeOutcome = { outcome: 'approved' } | { outcome: 'refused'; reason: PaymentFailure };

export type RefundOutcome = { outcome: 'processed' } | { outcome: 'refused'; reason: RefundFailure };

/** The bank's side of the gateway. */
export interface Acquirer {
  /**
   * Hands the instrument over, before the payment exists.
   * @returns the acquirer's reference for it, and in how many milliseconds it will know the outcome.
   */
  present(instrument: Instrument): Promise<{ reference: string; readyInMs: number }>;

  /**
   * Charges a presented instrument. Idempotent by payment id: asked again, it answers what it answered before, and
   * money moves at most once.
   * @throws when the acquirer cannot be asked now; the outcome is then unknown and is asked for again.
   */
  charge(charge: {
    paymentId: string;
    reference: string;
    amountMinor: number;
    currency: string;
  }): Promise<ChargeOutcome>;

  /**
   * Announces a refund, before it exists.
   * @returns in how many milliseconds the acquirer will know its outcome.
   */
  presentRefund(refund: { reference: string; amountMinor: number; currency: string }): Promise<{ readyInMs: number }>;

  /**
   * Gives money of a charged payment back. Idempotent by refund id, as a charge is by payment id.
   * @param refund.reference the payment's.
   * @throws when the acquirer cannot be asked now; the outcome is then unknown and is asked for again.
   */
  refund(refund: {
    refundId: string;
    paymentId: string;
    reference: string;
    amountMinor: number;
    currency: string;
  }): Promise<RefundOutcome>;
}
