import { handler as createOrder } from '../../functions/http/orders/create.ts';
import { handler as createPayment } from '../../functions/http/payments/create.ts';
import { handler as createRefund } from '../../functions/http/refunds/create.ts';
import { handler as settlePayment } from '../../functions/jobs/settle-payment.ts';
import { theGateway } from '../gateway/gateway.ts';
import { findPublicPayment } from '../payments/payment-store.ts';
import { knock } from './knock.ts';
import { ring } from './ring.ts';
import { until } from './until.ts';

/** Opens an order through its door and answers its id. */
export async function anOrder(amount = 50_000): Promise<string> {
  const { status, json } = await knock(createOrder, { body: { amount } });
  if (status !== 201) throw new Error(`the order was answered with ${status}`);
  return json.id;
}

/** Pays by UPI through the door, for a new order unless one is named, and answers the payment's id. */
export async function aPayment({
  orderId,
  vpa = 'asha@okbank',
}: { orderId?: string; vpa?: string } = {}): Promise<string> {
  const body = { order_id: orderId ?? (await anOrder()), method: 'upi', vpa };
  const { status, json } = await knock(createPayment, { body });
  if (status !== 201) throw new Error(`the payment was answered with ${status}`);
  return json.id;
}

/** A payment that has succeeded, here or at a worker that was quicker. */
export async function aPaidPayment({ amount = 50_000, vpa = 'asha@okbank' } = {}): Promise<string> {
  const id = await aPayment({ orderId: await anOrder(amount), vpa });
  await ring(settlePayment, 'settle-payment', id);
  await until('the payment succeeds', async () => {
    const payment = await findPublicPayment(theGateway().database, id);
    return payment?.status === 'success' || payment?.status;
  });
  return id;
}

/** Refunds through the door and answers the refund's id. */
export async function aRefund(paymentId: string, amount: number): Promise<string> {
  const { status, json } = await knock(createRefund, { params: { id: paymentId }, body: { amount } });
  if (status !== 201) throw new Error(`the refund was answered with ${status}`);
  return json.id;
}

/** `count` payments of as many orders, made a few at a time. */
export async function manyPayments(count: number): Promise<string[]> {
  const ids: string[] = [];
  const makeSome = async () => {
    for (let made = ids.length; made < count; made = ids.length) {
      ids.push('');
      ids[made] = await aPayment();
    }
  };
  await Promise.all(Array.from({ length: 8 }, makeSome));
  return ids;
}
