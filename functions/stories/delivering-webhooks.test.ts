import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningTestMerchant, startTestMerchant } from '../../localstack/test-merchant/start-test-merchant.ts';
import { openGateway } from '../../shared/gateway/gateway.ts';
import { delivered, notDelivered } from '../../shared/testing/delivery-answers.ts';
import { knock } from '../../shared/testing/knock.ts';
import type { ClaimedDelivery } from '../../shared/webhooks/delivery-store.ts';
import { deliverWebhook } from '../../shared/webhooks/deliver-webhook.ts';
import { ring } from '../../shared/testing/ring.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as getMe } from '../http/merchants/get-me.ts';
import { handler as updateMe } from '../http/merchants/update-me.ts';
import { handler as getWebhook } from '../http/webhooks/get.ts';
import { handler as listWebhooks } from '../http/webhooks/list.ts';
import { handler as retryWebhook } from '../http/webhooks/retry.ts';
import { handler as testWebhook } from '../http/webhooks/test.ts';
import { handler as deliver } from '../jobs/deliver-webhook.ts';

const retryIntervalsMs = [60_000, 300_000, 1_800_000, 7_200_000];

describe('delivering a webhook', () => {
  const { env, sql, advanceClock } = useTestGateway({ WEBHOOK_RETRY_INTERVALS_TEST: 'false' });
  let merchant: RunningTestMerchant;

  beforeAll(async () => {
    merchant = await startTestMerchant({ port: 0, secret: 'whsec_test_abc123' });
  });
  afterAll(() => merchant.close());

  const listenAt = (path: string | null) =>
    knock(updateMe, { method: 'PUT', body: { webhook_url: path === null ? null : `${merchant.url}${path}` } });
  /** A test event is an event like any other; this answers the id of its delivery. */
  const anEvent = async (): Promise<string> => (await knock(testWebhook)).json.id;
  const logOf = async (id: string) => (await knock(getWebhook, { method: 'GET', params: { id } })).json;
  const received = (eventId: string) => merchant.deliveries().filter(({ webhook_id }) => webhook_id === eventId);

  test('without a URL there is nothing to test, and no delivery is made', async () => {
    await listenAt(null);
    const { status, json } = await knock(testWebhook);
    expect(status).toBe(400);
    expect(json.error.description).toBe('Webhook URL is not configured');
    expect(await sql('select id from webhook_logs')).toEqual([]);
    expect(await sql('select id from events')).toEqual([]);
  });

  test('a second run, and twenty at once in several hosts, send it once', async () => {
    await listenAt('/webhook');
    const id = await anEvent();
    const other = openGateway(env);
    await Promise.all([
      ring(deliver, 'deliver-webhook', ...Array<string>(10).fill(id)),
      ...Array.from({ length: 10 }, () => deliverWebhook(other, id)),
    ]);
    await ring(deliver, 'deliver-webhook', id);
    await other.close();
    const log = await logOf(id);
    expect(received(log.event_id)).toHaveLength(1);
    expect(log).toMatchObject({ status: 'success', attempts: 1, response_code: 200 });
    expect(log.attempt_log).toHaveLength(1);
  });

  test('five attempts, each counted from the failure before, with the same bytes and id, then it is failed', async () => {
    await listenAt('/webhook/fail');
    const id = await anEvent();
    const look = async () => {
      const [row] = await sql<{ now: Date; due: Date | null; attempts: number; latest: Date }>(
        `select gateway_now() as now, next_retry_at as due, attempts,
                (select max(attempted_at) from webhook_attempts where webhook_log_id = w.id) as latest
         from webhook_logs w where id = $1`,
        [id],
      );
      return row!;
    };
    const waits: number[] = [];
    let { now: since } = await look();
    for (let attempt = 1; attempt <= 5; attempt++) {
      await ring(deliver, 'deliver-webhook', id);
      const log = await logOf(id);
      expect(log).toMatchObject({ attempts: attempt, response_code: 500, status: attempt < 5 ? 'pending' : 'failed' });
      const { now, due } = await look();
      if (due === null) break;
      // It failed between the two questions, and from there it is counted.
      const waitMs = retryIntervalsMs.find((ms) => +due - ms >= +since && +due - ms <= +now);
      waits.push(waitMs! / 1_000);
      await advanceClock(+due - +now - 500);
      await ring(deliver, 'deliver-webhook', id);
      const later = await look();
      // On a machine that stood still for these 500 ms it was due by then, and never before.
      if (later.attempts > attempt) expect(+later.latest).toBeGreaterThanOrEqual(+due);
      else expect(later.attempts).toBe(attempt);
      await advanceClock(600);
      since = later.attempts > attempt ? due : (await look()).now;
    }
    expect(waits).toEqual([60, 300, 1800, 7200]);
    const log = await logOf(id);
    expect(log.next_retry_at).toBeNull();
    expect(log.attempt_log.map(({ trigger }: { trigger: string }) => trigger)).toEqual([
      'event',
      'schedule',
      'schedule',
      'schedule',
      'schedule',
    ]);
    const sent = received(log.event_id);
    expect(sent).toHaveLength(5);
    expect(new Set(sent.map(({ body }) => body))).toEqual(new Set([log.payload]));
    expect(sent.every(({ verified }) => verified)).toBe(true);

    await advanceClock(86_400_000);
    await ring(deliver, 'deliver-webhook', id);
    expect(received(log.event_id)).toHaveLength(5);
  });

  test('a retry by hand begins a new round, at the address where the merchant listens now', async () => {
    const { data } = (await knock(listWebhooks, { method: 'GET', query: { status: 'failed' } })).json;
    const [{ id }] = data;
    await listenAt('/webhook');
    const answer = await knock(retryWebhook, { params: { id } });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ id, status: 'pending', message: 'Webhook retry scheduled' });
    expect(await logOf(id)).toMatchObject({ status: 'pending', attempts: 0 });
    await ring(deliver, 'deliver-webhook', id);
    const log = await logOf(id);
    expect(log).toMatchObject({ status: 'success', attempts: 1, url: `${merchant.url}/webhook` });
    expect(log.attempt_log).toHaveLength(6);
    expect(log.attempt_log.at(-1)).toMatchObject({ trigger: 'manual', response_code: 200 });
  });

  test('a flaky receiver is reached at the third attempt', async () => {
    await listenAt('/webhook/flaky?n=2');
    const id = await anEvent();
    for (let attempt = 0; attempt < 3; attempt++) {
      await ring(deliver, 'deliver-webhook', id);
      await advanceClock(7_200_000);
    }
    const log = await logOf(id);
    expect(log).toMatchObject({ status: 'success', attempts: 3 });
    expect(log.attempt_log.map(({ response_code }: { response_code: number }) => response_code)).toEqual([
      503, 503, 200,
    ]);
  });

  test('a receiver that is not there is a failed attempt with its cause in words', async () => {
    await knock(updateMe, { method: 'PUT', body: { webhook_url: 'http://127.0.0.1:1/hook' } });
    const id = await anEvent();
    await ring(deliver, 'deliver-webhook', id);
    const log = await logOf(id);
    expect(log).toMatchObject({ status: 'pending', attempts: 1, response_code: null });
    expect(log.attempt_log[0].error).toMatch(/connection refused/i);
  });

  test('a worker that was overtaken after its lease records nothing', async () => {
    await listenAt('/webhook');
    const id = await anEvent();
    const slow = openGateway(env);
    const claimed = (await slow.deliveries.claim(id)) as ClaimedDelivery;
    await advanceClock(10_001);
    await ring(deliver, 'deliver-webhook', id);
    const once = await logOf(id);
    expect(await slow.deliveries.record(claimed, notDelivered('late'), {})).toBeUndefined();
    await slow.close();
    expect(await logOf(id)).toEqual(once);
  });

  test('a stale claim and the living one, recorded in one statement: the living one counts', async () => {
    await listenAt('/webhook');
    const id = await anEvent();
    const host = openGateway(env);
    const stale = (await host.deliveries.claim(id)) as ClaimedDelivery;
    await advanceClock(10_001);
    const living = (await host.deliveries.claim(id)) as ClaimedDelivery;
    const recorded = await Promise.all([
      host.deliveries.record(stale, notDelivered('stale'), {}),
      host.deliveries.record(living, delivered, {}),
    ]);
    await host.close();
    expect(recorded).toEqual([undefined, expect.objectContaining({ status: 'success' })]);
    expect(await logOf(id)).toMatchObject({ status: 'success', attempts: 1, response_code: 200 });
  });

  test.each([
    'https://user:pw@shop.example/x',
    'ftp://shop.example/',
    'not a url',
    'http://10.0.0.1/x',
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:10.0.0.1]/',
    '',
  ])('the URL %p is refused and changes nothing', async (webhook_url) => {
    const before = (await knock(getMe, { method: 'GET' })).json;
    const { status, json } = await knock(updateMe, { method: 'PUT', body: { webhook_url, name: 'Changed' } });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ code: 'BAD_REQUEST_ERROR', field: 'webhook_url' });
    expect((await knock(getMe, { method: 'GET' })).json).toEqual(before);
  });

  test('an address that became private after it was set is refused at the attempt', async () => {
    await listenAt('/webhook');
    const id = await anEvent();
    await sql(`update merchants set webhook_url = 'http://169.254.169.254/latest/meta-data'`);
    await ring(deliver, 'deliver-webhook', id);
    const log = await logOf(id);
    expect(log).toMatchObject({ status: 'pending', attempts: 1, response_code: null });
    expect(log.attempt_log[0].error).toMatch(/not public/);
  });
});
