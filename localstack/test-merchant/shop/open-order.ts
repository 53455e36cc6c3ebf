import { readBody } from '../read-body.ts';
import type { Handler } from '../route.ts';
import { sendJson, sendProblem } from '../send-json.ts';
import { ANSWERS } from './gateway-trouble.ts';
import type { OpenAtGateway } from './open-at-gateway.ts';
import type { OrderBook } from './order-book.ts';
import { priceOf, PRODUCT } from './product.ts';

interface Purchase {
  quantity: number;
  amount: number;
  /** Made by the browser, one for each purchase: the same again means the same order again. */
  key: string;
}

const KEY = /^[A-Za-z0-9-]{16,64}$/;

/** POST /shop/orders: the browser says how many, the server says what that costs and opens the order with its secret. */
export function openOrder(openAtGateway: OpenAtGateway, orders: OrderBook): Handler {
  return async ({ request, response }) => {
    const body = await readBody(request);
    const purchase = readPurchase(body?.toString() ?? '');
    if (typeof purchase === 'string') {
      sendProblem(response, 400, 'BAD_REQUEST', purchase, body === null ? { Connection: 'close' } : {});
      return;
    }
    const { quantity, amount, key } = purchase;
    const wish = {
      amount,
      currency: PRODUCT.currency,
      receipt: `shop-${key.slice(0, 8)}`,
      notes: { product: PRODUCT.name, quantity },
    };
    const outcome = await openAtGateway(wish, key);
    if ('kind' in outcome) {
      const { status, description } = ANSWERS[outcome.kind];
      console.error(`demo shop: ${outcome.details}`);
      sendJson(response, status, { error: { code: outcome.kind, description, details: outcome.details } });
      return;
    }
    orders.open({ orderId: outcome.orderId, quantity, amount });
    sendJson(response, 201, { order_id: outcome.orderId, amount });
  };
}

/** A sentence when it is none. */
function readPurchase(text: string): Purchase | string {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    return 'The order could not be read: it must be JSON with quantity and purchase_key.';
  }
  const { quantity, purchase_key: key } = Object(sent) as Record<string, unknown>;
  const amount = priceOf(quantity);
  if (typeof quantity !== 'number' || amount === null) return `Choose a quantity from 1 to ${PRODUCT.maxQuantity}.`;
  if (typeof key !== 'string' || !KEY.test(key)) return 'purchase_key must be 16 to 64 letters, digits or dashes.';
  return { quantity, amount, key };
}
