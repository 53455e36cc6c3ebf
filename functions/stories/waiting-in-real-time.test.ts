import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningTestMerchant, startTestMerchant } from '../../localstack/test-merchant/start-test-merchant.ts';
import { theGateway } from '../../shared/gateway/gateway.ts';
import { insertMerchant } from '../../shared/merchants/merchant-store.ts';
import { knock } from '../../shared/testing/knock.ts';
import { startWorker, type TestWorker } from '../../shared/testing/start-worker.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';
import { handler as updateMe } from '../http/merchants/update-me.ts';
import { handler as jobsStatus } from '../http/test/get-jobs-status.ts';
import { handler as testWebhook } from '../http/webhooks/test.ts';

const merchants = ['hung', 'failing', 'quick'] as const;
const keysOf = (name: (typeof merchants)[number]) => ({ 'x-api-key': `key_${name}`, 'x-api-secret': `secret_${name}` });

describe('with a real worker and a real clock', () => {
  const { env, sql } = useTestGateway({ WEBHOOK_RETRY_INTERVALS_TEST: 'true' });
  let receiver: RunningTestMerchant;
  let worker: TestWorker;
  let failingEvent: string;

  beforeAll(async () => {
    receiver = await startTestMerchant({ port: 0, secret: 'whsec_test_abc123' });
    await Promise.all(merchants.map(signUp));
    worker = await startWorker(env);
    // Its last attempt is fifty seconds away; the other tests run meanwhile.
    await listenAt('failing', '/webhook/flaky?n=4');
    failingEvent = await anEvent('failing');
  });
  afterAll(async () => {
    await worker.stop();
    await receiver.close();
  });

  const signUp = (name: (typeof merchants)[number]) =>
    insertMerchant(theGateway().database, {
      id: crypto.randomUUID(),
      name,
      email: `${name}@example.com`,
      api_key: `key_${name}`,
      api_secret: theGateway().sealer.seal(`secret_${name}`),
      webhook_secret: theGateway().sealer.seal('whsec_test_abc123'),
      webhook_url: null,
    });
  const listenAt = (name: (typeof merchants)[number], path: string) =>
    knock(updateMe, { method: 'PUT', headers: keysOf(name), body: { webhook_url: `${receiver.url}${path}` } });
  const anEvent = async (name: (typeof merchants)[number]): Promise<string> =>
    (await knock(testWebhook, { headers: keysOf(name) })).json.event_id;
  const arrivals = (eventId: string) =>
    receiver
      .deliveries()
      .filter(({ webhook_id }) => webhook_id === eventId)
      .reverse();

  test('a receiver that hangs does not delay another merchant', async () => {
    await Promise.all([listenAt('hung', '/webhook/slow'), listenAt('quick', '/webhook')]);
    for (let event = 0; event < 150; event++) await anEvent('hung');
    const delaysMs: number[] = [];
    for (let event = 0; event < 20; event++) {
      const eventId = await anEvent('quick');
      const sentMs = performance.now();
      await until('the quick one hears of it', async () => arrivals(eventId).length === 1, 5_000, 2);
      delaysMs.push(performance.now() - sentMs);
    }
    const [flying] = await sql<{ n: number }>(
      `select count(*) as n from webhook_logs w join merchants m on m.id = w.merchant_id
       where m.name = 'hung' and w.lease_until > gateway_now()`,
    );
    const slowestMs = Math.max(...delaysMs);
    process.stderr.write(
      `beside ${flying?.n} hung deliveries: slowest of 20 webhooks after ${slowestMs.toFixed(0)} ms\n`,
    );
    expect(flying?.n).toBeGreaterThan(0);
    expect(slowestMs).toBeLessThan(1_000);
  }, 60_000);

  test('a receiver that fails four times is called again 5, 10, 15 and 20 s after each failure', async () => {
    await until('the fifth attempt is there', async () => arrivals(failingEvent).length === 5, 70_000, 200);
    const times = arrivals(failingEvent).map(({ received_at }) => Date.parse(received_at) / 1_000);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    process.stderr.write(`retried after ${gaps.map((gap) => gap.toFixed(2)).join(', ')} s\n`);
    [5, 10, 15, 20].forEach((wanted, index) => {
      expect(gaps[index]).toBeGreaterThanOrEqual(wanted - 0.05);
      expect(gaps[index]).toBeLessThan(wanted + 1.5);
    });
    expect(arrivals(failingEvent).map(({ status }) => status)).toEqual([503, 503, 503, 503, 200]);
  }, 90_000);
});

describe('the worker status', () => {
  const { env } = useTestGateway();
  const status = async () => (await knock(jobsStatus, { method: 'GET', headers: {} })).json.worker_status;

  test('is running with a worker, stopped without, and stopped within 15 s of a kill', async () => {
    expect(await status()).toBe('stopped');
    const first = await startWorker(env);
    await until('it runs', async () => (await status()) === 'running');
    await first.stop();
    expect(await status()).toBe('stopped');
    const second = await startWorker(env);
    await until('it runs again', async () => (await status()) === 'running');
    await second.kill();
    expect(await status()).toBe('running');
    await until('its silence is noticed', async () => (await status()) === 'stopped', 15_000);
  }, 60_000);
});
