import type { OrderRow } from './order-store.ts';

/** The answer to the request that opened the order. */
export function shownCreatedOrder({ id, merchant_id, amount, currency, receipt, notes, status, created_at }: OrderRow) {
  return { id, merchant_id, amount, currency, receipt, notes, status, created_at };
}

export const shownOrder = (order: OrderRow) => ({ ...shownCreatedOrder(order), updated_at: order.updated_at });
