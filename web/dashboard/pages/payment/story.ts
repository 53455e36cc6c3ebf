import type { Payment, Refund } from '../../api/objects.ts';
import { formatMoney } from '../../../ui/money/format-money.ts';

/** What a payment has come to, in a sentence. */
export function plainWords(payment: Payment): string {
  const payer = payment.method === 'upi' ? payment.vpa : `the card ending in ${payment.card_last4}`;
  switch (payment.status) {
    case 'pending':
      return `Waiting for the bank of ${payer}. It settles by itself.`;
    case 'failed':
      return 'No money was taken. The shopper can try again with the same order.';
    case 'refunded':
      return `Paid by ${payer}, and all of it given back.`;
    case 'partially_refunded':
      return `Paid by ${payer}; ${formatMoney(payment.amount_refunded, payment.currency)} of it given back.`;
    case 'success':
      return payment.captured ? `Paid by ${payer}, and captured.` : `Paid by ${payer}. It can be captured or refunded.`;
  }
}

export type MoneyOf = {
  capturedMinor: number;
  refundedMinor: number;
  /** Asked for, and not yet given back. */
  pendingMinor: number;
  refundableMinor: number;
};

/** Where the money is. What the refunds under way reserve cannot be refunded twice. */
export function moneyOf(payment: Payment, refunds: readonly Refund[]): MoneyOf {
  const isPaid = payment.status !== 'pending' && payment.status !== 'failed';
  // The two answers are of two moments: a refund that was processed between them is in both, and counts once.
  const askedMinor = refunds.filter(({ status }) => status !== 'failed').reduce((sum, { amount }) => sum + amount, 0);
  const pendingMinor = refunds
    .filter(({ status }) => status === 'pending')
    .reduce((sum, { amount }) => sum + amount, 0);
  return {
    capturedMinor: payment.captured ? payment.amount : 0,
    refundedMinor: payment.amount_refunded,
    pendingMinor,
    refundableMinor: isPaid ? Math.max(0, payment.amount - Math.max(payment.amount_refunded, askedMinor)) : 0,
  };
}

export const canCapture = ({ status, captured }: Payment): boolean => status === 'success' && !captured;

/** Reads the payment from a terminal. The secret is named, and not there. */
export const curlFor = (apiOrigin: string, apiKey: string, paymentId: string): string =>
  [
    `curl ${apiOrigin}/api/v1/payments/${paymentId} \\`,
    `  -H 'X-Api-Key: ${apiKey}' \\`,
    `  -H "X-Api-Secret: $GATEWAY_SECRET"`,
  ].join('\n');
