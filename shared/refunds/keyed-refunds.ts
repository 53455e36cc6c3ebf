import { keyedRows } from '../idempotency/keyed-rows.ts';
import { refundColumns, type RefundRow, shownCreatedRefund } from './refund-row.ts';

/** Refunds by the key they were created under. */
export const keyedRefunds = keyedRows({ table: 'refunds', columns: refundColumns }, (row: RefundRow) =>
  shownCreatedRefund({ ...row, status: 'pending' }),
);
