import type { RefundFailure } from '../contracts/errors.ts';
import type { RefundStatus } from '../contracts/refunds.ts';
import { type PaymentCore, shownCreatedPayment } from '../payments/payment-row.ts';

/** What a refund is, as read from its row. */
export type RefundRow = {
  id: string;
  payment_id: string;
  merchant_id: string;
  amount: number;
  reason: string | null;
  status: RefundStatus;
  error_code: RefundFailure | null;
  error_description: string | null;
  created_at: Date;
  processed_at: Date | null;
};

export const refundColumns =
  'id, payment_id, merchant_id, amount, reason, status, error_code, error_description, created_at, processed_at';

/** The answer to the request that made the refund. */
export function shownCreatedRefund({ id, payment_id, amount, reason, status, created_at }: RefundRow) {
  return { id, payment_id, amount, reason, status, created_at };
}

function shownFailure({ error_code, error_description }: RefundRow) {
  return error_code === null ? {} : { error_code, error_description };
}

export function shownRefund(refund: RefundRow) {
  const processed = refund.processed_at === null ? {} : { processed_at: refund.processed_at };
  return { ...shownCreatedRefund(refund), ...processed, ...shownFailure(refund) };
}

/** `data` of a refund event: the refund, and its payment as it stands with that. */
export function refundEventData(refund: RefundRow, payment: PaymentCore) {
  return {
    refund: { ...shownCreatedRefund(refund), processed_at: refund.processed_at, ...shownFailure(refund) },
    payment: shownCreatedPayment(payment),
  };
}
