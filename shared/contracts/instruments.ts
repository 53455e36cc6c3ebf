import type { PaymentFailure, RefundFailure } from './errors.ts';

/** What a sandbox instrument makes of a payment: approval, or a refusal for a reason. */
export type InstrumentOutcome = 'APPROVED' | PaymentFailure;

export type Instrument = {
  readonly method: 'upi' | 'card';
  /** The VPA or the card number, digits only. */
  readonly value: string;
  readonly outcome: InstrumentOutcome;
  /** What becomes of its refunds; they are processed when nothing stands here. */
  readonly refunds?: RefundFailure;
  readonly about: string;
};

/**
 * Sandbox instruments with a fixed outcome; they win over rates and test mode. Code, documentation and dashboard
 * read this table, so a scenario added here exists everywhere. The numbers are the card schemes' published test
 * numbers, no account stands behind them.
 */
export const instruments: readonly Instrument[] = [
  { method: 'card', value: '4111111111111111', outcome: 'APPROVED', about: 'Visa that pays' },
  { method: 'card', value: '5555555555554444', outcome: 'APPROVED', about: 'Mastercard that pays' },
  { method: 'card', value: '378282246310005', outcome: 'APPROVED', about: 'American Express that pays' },
  { method: 'card', value: '6011111111111117', outcome: 'APPROVED', about: 'RuPay that pays' },
  {
    method: 'card',
    value: '4000000000005126',
    outcome: 'APPROVED',
    refunds: 'REFUND_FAILED',
    about: 'Visa that pays, and whose refunds fail',
  },
  { method: 'card', value: '4000000000000002', outcome: 'PAYMENT_FAILED', about: 'declined' },
  { method: 'card', value: '4000000000009995', outcome: 'INSUFFICIENT_FUNDS', about: 'insufficient funds' },
  { method: 'card', value: '4000000000000069', outcome: 'EXPIRED_CARD', about: 'expired at the bank' },
  { method: 'card', value: '4000000000000127', outcome: 'INCORRECT_CVV', about: 'wrong security code' },
  { method: 'card', value: '4000000000000119', outcome: 'PROCESSING_ERROR', about: 'processing error at the bank' },
  { method: 'upi', value: 'success@test', outcome: 'APPROVED', about: 'UPI that pays' },
  {
    method: 'upi',
    value: 'refundfail@test',
    outcome: 'APPROVED',
    refunds: 'REFUND_FAILED',
    about: 'UPI that pays, and whose refunds fail',
  },
  { method: 'upi', value: 'failure@test', outcome: 'PAYMENT_FAILED', about: 'declined by the payer' },
  { method: 'upi', value: 'insufficient@test', outcome: 'INSUFFICIENT_FUNDS', about: 'insufficient funds' },
  {
    method: 'upi',
    value: 'timeout@test',
    outcome: 'PAYMENT_TIMEOUT',
    about: 'never answered: pending until its deadline, then failed',
  },
];
