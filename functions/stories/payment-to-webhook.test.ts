import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { type RunningTestMerchant, startTestMerchant } from '../../localstack/test-merchant/start-test-merchant.ts';
import { startWorker, type TestWorker } from '../../shared/testing/start-worker.ts';
import { knock } from '../../shared/testing/knock.ts';
import { queueBackends, useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';
import { handler as createOrder } from '../http/orders/create.ts';
import { handler as getOrder } from '../http/orders/get.ts';
import { handler as createPayment } from '../http/payments/create.ts';
import { handler as getPayment } from '../http/payments/get.ts';
import { handler as updateMe } from '../http/merchants/update-me.ts';
import { handler as listWebhooks } from '../http/webhooks/list.ts';
import { handler as getWebhook } from '../http/webhooks/get.ts';

describe.each(queueBackends)('a payment with its queue on %s', (backend) => {
  const { env, sql } = useTestGateway({ QUEUE_BACKEND: backend, TEST_PROCESSING_DELAY: '300' });
  const secret = 'whsec_test_abc123';
  let merchant: RunningTestMerchant;
  let worker: TestWorker;

  beforeAll(async () => {
    merchant = await startTestMerchant({ port: 0, secret });
    worker = await startWorker(env);
    await knock(updateMe, { method: 'PUT', body: { webhook_url: `${merchant.url}/webhook` } });
  });
  afterAll(async () => {
    await worker.stop();
    await merchant.close();
  });

  test('goes from order to success, and its webhooks arrive signed', async () => {
    const order = await knock(createOrder, { body: { amount: 50000, receipt: 'r-1', notes: { b: 1, a: 'é😀' } } });
    expect(order.status).toBe(201);
    expect(order.json).toEqual({
      id: expect.stringMatching(/^order_[A-Za-z0-9]{16}$/),
      merchant_id: '550e8400-e29b-41d4-a716-446655440000',
      amount: 50000,
      currency: 'INR',
      receipt: 'r-1',
      notes: { b: 1, a: 'é😀' },
      status: 'created',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });

    const body = { order_id: order.json.id, method: 'upi', vpa: 'asha.rao@okbank', amount: 1, currency: 'USD' };
    const created = await knock(createPayment, { body });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      id: expect.stringMatching(/^pay_[A-Za-z0-9]{16}$/),
      order_id: order.json.id,
      amount: 50000,
      currency: 'INR',
      method: 'upi',
      vpa: 'asha.rao@okbank',
      status: 'pending',
      created_at: expect.any(String),
    });

    const params = { id: created.json.id as string };
    await until('the payment succeeds', async () => {
      const { json } = await knock(getPayment, { method: 'GET', params });
      return json.status === 'success' || json;
    });
    expect((await knock(getPayment, { method: 'GET', params })).json).toMatchObject({
      captured: false,
      amount_refunded: 0,
    });
    expect((await knock(getOrder, { method: 'GET', params: { id: order.json.id } })).json.status).toBe('paid');
    await until(
      'three webhooks arrive',
      async () => merchant.deliveries().length === 3 || merchant.deliveries().length,
    );

    const story = merchant.deliveries().map(({ event, verified }) => `${event} ${verified}`);
    expect(story.sort()).toEqual(['payment.created true', 'payment.pending true', 'payment.success true']);
  });

  test('the signature holds over the raw bytes, over the parsed and printed body, and for the standard library', () => {
    for (const { body, headers } of merchant.deliveries()) {
      const hex = (text: string) => createHmac('sha256', secret).update(text).digest('hex');
      expect(headers['x-webhook-signature']).toBe(hex(body));
      expect(headers['x-webhook-signature']).toBe(hex(JSON.stringify(JSON.parse(body))));
      const verified = new Webhook(secret, { format: 'raw' }).verify(body, headers);
      expect(verified).toEqual(JSON.parse(body));
    }
  });

  test('the delivery log shows what was sent', async () => {
    // The receiver knows of a webhook a moment before the worker has written down its answer.
    await until('all attempts are recorded', async () => {
      const { json } = await knock(listWebhooks, { method: 'GET', query: { status: 'success' } });
      return json.total === 3 || json.total;
    });
    const list = await knock(listWebhooks, { method: 'GET', query: { limit: '2' } });
    expect(list.json).toMatchObject({ total: 3, limit: 2, offset: 0 });
    expect(list.json.data).toHaveLength(2);
    expect(list.json.data[0]).toEqual({
      id: expect.any(String),
      event: 'payment.success',
      status: 'success',
      attempts: 1,
      created_at: expect.any(String),
      last_attempt_at: expect.any(String),
      response_code: 200,
    });
    const one = await knock(getWebhook, { method: 'GET', params: { id: list.json.data[0].id } });
    expect(one.json).toMatchObject({ next_retry_at: null, response_body: '{"received":true}' });
    expect(one.json.attempt_log).toEqual([
      expect.objectContaining({ trigger: 'event', response_code: 200, error: null }),
    ]);
    expect(merchant.deliveries().map(({ body }) => body)).toContain(one.json.payload);
  });

  test('the story in the database is gapless and the acquirer was asked once', async () => {
    expect(await sql('select type, sequence from events order by sequence')).toEqual([
      { type: 'payment.created', sequence: 1 },
      { type: 'payment.pending', sequence: 2 },
      { type: 'payment.success', sequence: 3 },
    ]);
    expect(await sql('select outcome from simulated_charges')).toEqual([{ outcome: 'APPROVED' }]);
  });
});
