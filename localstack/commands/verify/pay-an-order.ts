import { CheckFailed } from './check-failed.ts';
import type { Verification } from './run-verification.ts';
import { waitFor } from './wait-for.ts';

export const ORDER_AMOUNT = 50_000;

/** The sandbox promises this one success, whatever the rates are. */
const VPA = 'success@test';

/** The first steps of every verification: an order, a payment for it, and its success. */
export async function payAnOrder({ client, steps: { step }, timeoutMs }: Verification) {
  const orderId = await step('order', async () => {
    const order = await client.expect(201, 'POST', '/api/v1/orders', { amount: ORDER_AMOUNT, receipt: 'verify' });
    return { line: `${String(order['id'])}: created`, result: String(order['id']) };
  });

  const payment = await step('payment', async () => {
    const body = { order_id: orderId, method: 'upi', vpa: VPA };
    const { id, status, created_at } = await client.expect(201, 'POST', '/api/v1/payments', body);
    if (status !== 'pending')
      throw new CheckFailed({ expected: 'a pending payment', came: String(status), look: 'POST /api/v1/payments' });
    return { line: `${String(id)}: created, pending`, result: { id: String(id), createdAt: String(created_at) } };
  });

  await step(`${payment.id}: success`, async (progress) => {
    const settled = await waitFor(client, {
      expected: 'status success',
      ask: () => client.expect(200, 'GET', `/api/v1/payments/${payment.id}`),
      isDone: ({ status }) => status !== 'pending',
      show: ({ status }) => `status ${String(status)}`,
      timeoutMs,
      progress,
    });
    if (settled['status'] !== 'success') throw unlucky(settled);
    return { line: `${payment.id}: success`, result: undefined };
  });
  return payment;
}

const unlucky = ({ status, error_code: code, error_description: why }: Record<string, unknown>) =>
  new CheckFailed({
    expected: 'status success',
    came: `status ${String(status)}, ${String(code)}: ${String(why)}`,
    look:
      `The gateway works, and the bank said no. ${VPA} always succeeds in a sandbox; elsewhere the rates decide. To ` +
      'choose: npm start without TEST_PAYMENT_SUCCESS=false, or UPI_SUCCESS_RATE=1 for the gateway. Or run this again.',
  });
