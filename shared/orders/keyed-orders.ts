import { keyedRows } from '../idempotency/keyed-rows.ts';
import type { OrderRow } from './order-store.ts';
import { shownCreatedOrder } from './shown-order.ts';

/** Orders by the key they were created under. */
export const keyedOrders = keyedRows(
  { table: 'orders', columns: 'id, merchant_id, amount, currency, receipt, notes, created_at' },
  (row: OrderRow) => shownCreatedOrder({ ...row, status: 'created' }),
);
