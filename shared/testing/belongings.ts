import { handler as createOrder } from '../../functions/http/orders/create.ts';
import { handler as createPayment } from '../../functions/http/payments/create.ts';
import { handler as createRefund } from '../../functions/http/refunds/create.ts';
import { handler as settlePayment } from '../../functions/jobs/settle-payment.ts';
import type { Route } from '../contracts/route.ts';
import type { HttpHandler } from '../http/chains.ts';
import { knock, type Knock } from './knock.ts';
import { ring } from './ring.ts';
import type { TestGateway } from './test-gateway.ts';

/** One of each thing a merchant can have, by id. */
export type Belongings = { openOrder: string; order: string; payment: string; refund: string; webhookLog: string };

/** Makes them through the doors. The merchant needs a webhook URL, or there is no log. */
export async function makeBelongings({ sql }: TestGateway, headers: Record<string, string>): Promise<Belongings> {
  const { order, payment } = await aSuccessfulPayment(headers);
  const refund = await made(createRefund, { headers, params: { id: payment }, body: { amount: 100 } });
  const [log] = await sql<{ id: string }>(
    `select l.id from webhook_logs l join payments p on p.merchant_id = l.merchant_id where p.id = $1 limit 1`,
    [payment],
  );
  if (log === undefined) throw new Error('the merchant has no webhook URL');
  return { openOrder: await anOpenOrder(headers), order, payment, refund, webhookLog: log.id };
}

/**
 * The ids among them that a route's path can name.
 * @throws Error for a route whose kind of id is not among them: what belongs to a merchant belongs here.
 */
export function idsFor({ order, openOrder, payment, refund, webhookLog }: Belongings, route: Route): string[] {
  const byKind: Record<string, string[]> = {
    'Order not found': [order, openOrder],
    'Payment not found': [payment],
    'Refund not found': [refund],
    'Webhook not found': [webhookLog],
  };
  const ids = byKind[route.notFound ?? ''];
  if (ids === undefined) throw new Error(`there is no object of a merchant for ${route.path} (${route.notFound})`);
  return ids;
}

/** An id of the same form that nobody has. */
export const neighbourOf = (id: string): string => id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');

const anOpenOrder = (headers: Record<string, string>) => made(createOrder, { headers, body: { amount: 50_000 } });

async function aSuccessfulPayment(headers: Record<string, string>) {
  const order = await anOpenOrder(headers);
  const payment = await made(createPayment, { headers, body: { order_id: order, method: 'upi', vpa: 'success@test' } });
  await ring(settlePayment, 'settle-payment', payment);
  return { order, payment };
}

async function made(door: HttpHandler, call: Knock): Promise<string> {
  const { status, text, json } = await knock(door, call);
  if (status !== 201) throw new Error(`answered ${status}: ${text}`);
  return json.id;
}
