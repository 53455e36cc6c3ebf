import { notFound } from '../contracts/errors.ts';
import type { ListOrders } from '../contracts/orders.ts';
import type { Database } from '../database/database.ts';
import { findOrder, findPublicOrder, listOrders } from './order-store.ts';
import { shownOrder } from './shown-order.ts';

type Deps = { database: Database };

/** @throws NOT_FOUND_ERROR also for another merchant's order: its existence is nobody else's business. */
export async function getOrder({ database }: Deps, merchantId: string, id: string) {
  const order = await findOrder(database, merchantId, id);
  if (order === undefined) throw notFound('Order not found');
  return shownOrder(order);
}

/** What a shopper may know of an order, and nothing else. */
export async function getPublicOrder({ database }: Deps, id: string) {
  const order = await findPublicOrder(database, id);
  if (order === undefined) throw notFound('Order not found');
  return order;
}

export async function getOrders({ database }: Deps, merchantId: string, query: ListOrders) {
  const orders = await listOrders(database, merchantId, query);
  return { ...orders, data: orders.data.map(shownOrder) };
}
