import { beforeAll, describe, expect, test } from '@jest/globals';
import { knock } from '../../shared/testing/knock.ts';
import { ring } from '../../shared/testing/ring.ts';
import { aPaidPayment, aPayment, aRefund } from '../../shared/testing/shop.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as updateMe } from '../http/merchants/update-me.ts';
import { handler as capture } from '../http/payments/capture.ts';
import { handler as getPayment } from '../http/payments/get.ts';
import { handler as settlePayment } from '../jobs/settle-payment.ts';
import { handler as settleRefund } from '../jobs/settle-refund.ts';

describe('capturing a payment', () => {
  const { sql } = useTestGateway({ REFUND_PROCESSING_DELAY: '0' });
  beforeAll(() => knock(updateMe, { method: 'PUT', body: { webhook_url: 'http://127.0.0.1:9/webhook' } }));

  const captureOf = (id: string, body?: unknown) => knock(capture, { params: { id }, body });
  const notCapturable = { code: 'BAD_REQUEST_ERROR', description: 'Payment not in capturable state' };
  const events = (id: string) =>
    sql<{ type: string; sequence: number; delivered: boolean }>(
      `select e.type, e.sequence, w.payload = e.payload as delivered
       from events e left join webhook_logs w on w.event_id = e.id where e.payment_id = $1 order by e.sequence`,
      [id],
    );

  test.each([
    ['no body', undefined],
    ['an empty object', {}],
    ['its amount', { amount: 50_000 }],
  ])('with %s: the payment is captured and says so', async (_, body) => {
    const id = await aPaidPayment();
    const { status, json } = await captureOf(id, body);
    expect(status).toBe(200);
    expect(json).toMatchObject({ id, status: 'success', captured: true, amount: 50_000, amount_refunded: 0 });
    const { json: read } = await knock(getPayment, { params: { id } });
    expect(read).toEqual(json);
    expect((await events(id)).at(-1)).toEqual({ type: 'payment.captured', sequence: 4, delivered: true });
  });

  test('a second time is refused, and so is every time but one of twenty at once', async () => {
    const id = await aPaidPayment();
    const answers = await Promise.all(Array.from({ length: 20 }, () => captureOf(id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, json } of [...answers, await captureOf(id)].filter((answer) => answer.status !== 200)) {
      expect(status).toBe(400);
      expect(json.error).toMatchObject(notCapturable);
    }
    expect((await events(id)).filter(({ type }) => type === 'payment.captured')).toHaveLength(1);
  });

  test.each([
    ['pending', async () => aPayment()],
    [
      'failed',
      async () => {
        const id = await aPayment({ vpa: 'failure@test' });
        await ring(settlePayment, 'settle-payment', id);
        return id;
      },
    ],
    [
      'partially refunded',
      async () => {
        const id = await aPaidPayment();
        await ring(settleRefund, 'settle-refund', await aRefund(id, 100));
        return id;
      },
    ],
  ])('a payment that is %s is refused', async (_, make) => {
    const id = await make();
    const { status, json } = await captureOf(id);
    expect(status).toBe(400);
    expect(json.error).toMatchObject(notCapturable);
    expect((await events(id)).map(({ type }) => type)).not.toContain('payment.captured');
  });

  test.each([49_999, 50_001, 0, -50_000, 1.5, '50000', null, 1e20, [50_000]])(
    'the amount %j is refused and captures nothing',
    async (amount) => {
      const id = await aPaidPayment();
      const { status, json } = await captureOf(id, { amount });
      expect(status).toBe(400);
      expect(json.error).toMatchObject({ code: 'BAD_REQUEST_ERROR', field: 'amount' });
      expect((await knock(getPayment, { params: { id } })).json.captured).toBe(false);
    },
  );

  test('an unknown payment is not found', async () => {
    const { status, json } = await captureOf('pay_0000000000000000');
    expect(status).toBe(404);
    expect(json.error.description).toBe('Payment not found');
  });
});
