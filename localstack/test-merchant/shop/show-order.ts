import type { DeliveryLog } from '../delivery-log.ts';
import type { Handler } from '../route.ts';
import { sendJson, sendProblem } from '../send-json.ts';
import type { OrderBook } from './order-book.ts';
import { paymentIn } from './payment-in.ts';

/** GET /shop/orders?order_id=...: what the shop knows of an order, and the webhooks that told it, oldest first. */
export function showOrder(log: DeliveryLog, orders: OrderBook): Handler {
  return ({ response, query }) => {
    const order = orders.find(query.get('order_id') ?? '');
    if (order === undefined) {
      sendProblem(response, 404, 'NOT_FOUND', 'This shop has no such order.');
      return;
    }
    const { orderId, quantity, amount, confirmed } = order;
    const webhooks = log
      .newestFirst()
      // Most bodies speak of other orders, and reading JSON costs more than looking for a word.
      .filter(({ body }) => body.includes(orderId) && paymentIn(body)?.orderId === orderId)
      .reverse()
      .map(({ id, event, received_at, verified, reason, status }) => ({
        id,
        event,
        received_at,
        verified,
        reason,
        status,
      }));
    sendJson(response, 200, {
      order_id: orderId,
      quantity,
      amount,
      status: confirmed === null ? 'awaiting_payment' : 'confirmed',
      payment_id: confirmed?.paymentId ?? null,
      webhooks,
    });
  };
}
