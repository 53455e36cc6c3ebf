import type { CreateOrder } from '../contracts/orders.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../ids/new-id.ts';
import { insertOrder } from './order-store.ts';
import { shownCreatedOrder } from './shown-order.ts';

/** Opens an order: what is to be paid, before anybody pays. */
export async function createOrder({ database }: { database: Database }, merchantId: string, wanted: CreateOrder) {
  const order = await insertOrder(database, { id: newId('order'), merchant_id: merchantId, ...wanted });
  return shownCreatedOrder(order);
}
