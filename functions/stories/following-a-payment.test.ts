import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningTestMerchant, startTestMerchant } from '../../localstack/test-merchant/start-test-merchant.ts';
import { createVerifyWebhook } from '../../localstack/test-merchant/verify-webhook.ts';
import { timeline } from '../../shared/contracts/timeline.ts';
import { statement } from '../../shared/database/database.ts';
import { knock } from '../../shared/testing/knock.ts';
import { ring } from '../../shared/testing/ring.ts';
import { aPaidPayment, aPayment, aRefund } from '../../shared/testing/shop.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as capture } from '../http/payments/capture.ts';
import { handler as getTimeline } from '../http/payments/timeline.ts';
import { handler as createRefund } from '../http/refunds/create.ts';
import { handler as getWebhook } from '../http/webhooks/get.ts';
import { handler as listWebhooks } from '../http/webhooks/list.ts';
import { handler as retryFailed } from '../http/webhooks/retry-failed.ts';
import { handler as testWebhook } from '../http/webhooks/test.ts';
import { handler as deliver } from '../jobs/deliver-webhook.ts';
import { handler as settlePayment } from '../jobs/settle-payment.ts';
import { handler as settleRefund } from '../jobs/settle-refund.ts';

describe('following a payment', () => {
  const testGateway = useTestGateway({ REFUND_PROCESSING_DELAY: '0' });
  const { sql, advanceClock } = testGateway;
  let merchant: RunningTestMerchant;

  beforeAll(async () => {
    merchant = await startTestMerchant({ port: 0, secret: 'whsec_test_abc123' });
  });
  afterAll(() => merchant.close());

  const listenAt = (path: string | null) =>
    sql('update merchants set webhook_url = $1', [path === null ? null : merchant.url + path]);
  const waiting = async () =>
    (
      await sql<{ id: string }>(
        `select id from webhook_logs where status = 'pending' and next_retry_at <= gateway_now()`,
      )
    ).map(({ id }) => id);
  const deliverAll = async () => ring(deliver, 'deliver-webhook', ...(await waiting()));
  const timelineOf = async (id: string) => {
    const { status, json } = await knock(getTimeline, { method: 'GET', params: { id } });
    expect(status).toBe(200);
    return timeline.parse(json).data;
  };

  test('its timeline has every event of it and of its refunds, in their order, in words', async () => {
    await listenAt(null);
    const id = await aPaidPayment({ amount: 50_000 });
    await knock(capture, { params: { id }, body: {} });
    const first = await aRefund(id, 20_000);
    const { json } = await knock(createRefund, { params: { id }, body: { amount: 10_000, reason: 'Item returned' } });
    await ring(settleRefund, 'settle-refund', json.id, first);
    const story = await timelineOf(id);
    expect(story.map(({ type, sequence, refund_id, description }) => [sequence, type, refund_id, description])).toEqual(
      [
        [1, 'payment.created', null, 'Payment of ₹500.00 by UPI, asha@okbank'],
        [2, 'payment.pending', null, 'Sent on to the bank'],
        [3, 'payment.success', null, 'Paid: ₹500.00'],
        [4, 'payment.captured', null, 'Captured: ₹500.00'],
        [5, 'refund.created', first, 'Refund of ₹200.00 asked for'],
        [6, 'refund.created', json.id, 'Refund of ₹100.00 asked for: Item returned'],
        [7, 'refund.processed', expect.any(String), expect.stringMatching(/^Refunded: ₹[12]00\.00$/)],
        [8, 'refund.processed', expect.any(String), expect.stringMatching(/^Refunded: ₹[12]00\.00$/)],
      ],
    );
    expect(story.every(({ deliveries }) => deliveries.length === 0)).toBe(true);
    const events = await sql<{ id: string; created_at: Date }>(
      'select * from events where payment_id = $1 order by sequence',
      [id],
    );
    expect(story.map(({ event_id, at }) => [event_id, at])).toEqual(
      events.map((one) => [one.id, one.created_at.toISOString()]),
    );
  });

  test('a failure is told with its reason', async () => {
    const id = await aPayment({ vpa: 'insufficient@test' });
    await ring(settlePayment, 'settle-payment', id);
    const refunded = await aPaidPayment({ vpa: 'refundfail@test' });
    const refund = await aRefund(refunded, 100);
    await ring(settleRefund, 'settle-refund', refund);
    expect((await timelineOf(id)).at(-1)?.description).toBe('Failed: The account does not have enough funds');
    expect((await timelineOf(refunded)).at(-1)?.description).toMatch(/^Refund of ₹1\.00 failed: The bank could not/);
  });

  test('each event shows what became of its delivery', async () => {
    await listenAt('/webhook/fail');
    const id = await aPayment();
    await deliverAll();
    await listenAt('/webhook');
    await ring(settlePayment, 'settle-payment', id);
    await deliverAll();
    const shown = (await timelineOf(id)).map(({ type, deliveries }) => [
      type,
      deliveries.map(({ status, attempts, response_code }) => [status, attempts, response_code]),
    ]);
    expect(shown).toEqual([
      ['payment.created', [['pending', 1, 500]]],
      ['payment.pending', [['pending', 1, 500]]],
      ['payment.success', [['success', 1, 200]]],
    ]);
    const [first] = await timelineOf(id);
    const delivery = first!.deliveries[0]!.id;
    expect((await knock(getWebhook, { method: 'GET', params: { id: delivery } })).status).toBe(200);
  });

  test('an attempt shows the headers it was sent with, and with them its signature can be checked', async () => {
    await listenAt('/webhook');
    const { json: made } = await knock(testWebhook);
    await ring(deliver, 'deliver-webhook', made.id);
    const { json: log } = await knock(getWebhook, { method: 'GET', params: { id: made.id } });
    const [{ request_headers: headers }] = log.attempt_log;
    expect(Object.keys(headers)).toEqual([
      ...['Content-Type', 'X-Webhook-Signature', 'webhook-id', 'webhook-timestamp', 'webhook-signature'],
    ]);
    expect(headers['webhook-id']).toBe(log.event_id);
    const received = merchant.deliveries().find(({ webhook_id }) => webhook_id === log.event_id);
    expect(received).toMatchObject({ verified: true });
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
    const verify = createVerifyWebhook('whsec_test_abc123');
    expect(verify(lower, Buffer.from(log.payload), Date.now())).toEqual({ verified: true });
    expect(JSON.stringify(headers)).not.toContain('whsec_');
  });

  test('an attempt shows the headers of the answer, and none where they were not kept yet', async () => {
    await listenAt('/webhook');
    const { json: made } = await knock(testWebhook);
    await ring(deliver, 'deliver-webhook', made.id);
    const shown = async () => (await knock(getWebhook, { method: 'GET', params: { id: made.id } })).json.attempt_log;
    expect((await shown())[0].response_headers).toMatchObject({
      'content-type': expect.stringContaining('application/json'),
    });
    // As attempts of before were kept.
    await sql('update webhook_attempts set response_headers = null where webhook_log_id = $1', [made.id]);
    expect((await shown())[0]).toMatchObject({ response_code: 200, response_headers: null });
  });

  describe('all that was given up', () => {
    const giveUp = async (count: number) => {
      await listenAt('/webhook/fail');
      await sql(`update webhook_logs set status = 'success', next_retry_at = null where status <> 'success'`).catch(
        () => undefined,
      );
      for (let index = 0; index < count; index++) await knock(testWebhook);
      for (let attempt = 0; attempt < 5; attempt++) {
        await deliverAll();
        await advanceClock(30_000);
      }
    };
    const failedOnes = async () =>
      (await knock(listWebhooks, { method: 'GET', query: { status: 'failed', limit: '100' } })).json.total as number;

    test('is sent again at once, each in a new round, and what was not given up is left alone', async () => {
      await giveUp(3);
      const before = await failedOnes();
      expect(before).toBeGreaterThanOrEqual(3);
      await listenAt('/webhook');
      const others = await sql(
        `select id, attempts, round, status from webhook_logs where status <> 'failed' order by id`,
      );
      const { status, json } = await knock(retryFailed);
      expect([status, json]).toEqual([200, { retried: before }]);
      expect(
        await sql(
          `select id, attempts, round, status from webhook_logs
           where id = any ($1) order by id`,
          [(others as { id: string }[]).map(({ id }) => id)],
        ),
      ).toEqual(others);
      expect(
        await sql(`select from webhook_logs where status = 'pending' and round = 1 and attempts = 0`),
      ).toHaveLength(before);
      await deliverAll();
      expect(await failedOnes()).toBe(0);
      const manual = await sql(
        `select from webhook_attempts where trigger = 'manual' and round = 1 and response_code = 200`,
      );
      expect(manual).toHaveLength(before);
      expect((await knock(retryFailed)).json).toEqual({ retried: 0 });
    });

    test('is sent once, when two ask at the same moment: the second leaves alone what the first has', async () => {
      await giveUp(4);
      const failed = await failedOnes();
      expect(failed).toBeGreaterThanOrEqual(4);
      const meanwhile = await testGateway.database.transaction(async (first) => {
        await first.rows(statement('', `select from webhook_logs where status = 'failed' for update`));
        return knock(retryFailed);
      });
      expect([meanwhile.status, meanwhile.json]).toEqual([200, { retried: 0 }]);
      expect((await knock(retryFailed)).json).toEqual({ retried: failed });
    });
  });
});
