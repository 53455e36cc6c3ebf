import type { CreateOrder } from '../contracts/orders.ts';
import type { Database } from '../database/database.ts';
import { commitAnswer, type KeepAnswer } from '../idempotency/keep-answer.ts';
import { newId } from '../ids/new-id.ts';
import { insertOrder } from './order-store.ts';
import { shownCreatedOrder } from './shown-order.ts';

/** Opens an order: what is to be paid, before anybody pays. */
export async function createOrder(
  { database }: { database: Database },
  merchantId: string,
  wanted: CreateOrder,
  keep?: KeepAnswer,
) {
  const order = { id: newId('order'), merchant_id: merchantId, ...wanted };
  return commitAnswer(database, keep, async (within) => shownCreatedOrder(await insertOrder(within, order)));
}
