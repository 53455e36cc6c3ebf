import { badRequest } from '../contracts/errors.ts';
import type { PaymentStatus } from '../contracts/payments.ts';

/** @throws BAD_REQUEST_ERROR when the payment has nothing to give back, or less than that. */
export function checkRefundable(
  payment: { status: PaymentStatus; amount: number; refund_reserved: number },
  amountMinor: number,
): void {
  if (payment.status !== 'success' && payment.status !== 'partially_refunded') {
    throw badRequest('Payment not in refundable state');
  }
  if (amountMinor > payment.amount - payment.refund_reserved) {
    throw badRequest('Refund amount exceeds available amount', 'amount');
  }
}

/** What a payment is once `refundDone` of its amount went back. */
export const statusAfterRefund = (amount: number, refundDone: number): 'partially_refunded' | 'refunded' =>
  refundDone === amount ? 'refunded' : 'partially_refunded';
