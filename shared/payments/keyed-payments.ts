import { keyedRows } from '../idempotency/keyed-rows.ts';
import { paymentColumns, type PaymentRow, shownCreatedPayment, shownPayment } from './payment-row.ts';

/** Payments by the key they were created under. */
export const keyedPayments = keyedRows({ table: 'payments', columns: paymentColumns }, (row: PaymentRow) =>
  shownCreatedPayment({ ...row, status: 'pending' }),
);

/** Payments by the key they were captured under. Only a success of which nothing went back can be captured. */
export const keyedCaptures = keyedRows(
  {
    table: 'payments',
    columns: paymentColumns,
    doneAt: `(select e.created_at from events e where e.payment_id = payments.id and e.type = 'payment.captured')`,
    prefix: 'capture_idempotency',
  },
  (row: PaymentRow & { done_at: Date }) =>
    shownPayment({ ...row, status: 'success', captured: true, refund_done: 0, updated_at: row.done_at }),
);
