import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningTestMerchant, startTestMerchant } from '../../localstack/test-merchant/start-test-merchant.ts';
import { theGateway } from '../../shared/gateway/gateway.ts';
import { insertMerchant } from '../../shared/merchants/merchant-store.ts';
import { knock } from '../../shared/testing/knock.ts';
import { startWorker, type TestWorker } from '../../shared/testing/start-worker.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';
import { handler as updateMe } from '../http/merchants/update-me.ts';
import { handler as testWebhook } from '../http/webhooks/test.ts';

const merchants = ['hung', 'quick', 'busy'] as const;
const keysOf = (name: (typeof merchants)[number]) => ({ 'x-api-key': `key_${name}`, 'x-api-secret': `secret_${name}` });

describe('merchants who share a worker', () => {
  const { env, sql } = useTestGateway({ WEBHOOK_MERCHANT_CONCURRENCY: '8' });
  let receiver: RunningTestMerchant;
  let worker: TestWorker;

  beforeAll(async () => {
    receiver = await startTestMerchant({ port: 0, secret: 'whsec_test_abc123' });
    await Promise.all(merchants.map(signUp));
    worker = await startWorker(env);
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

  const hanging = async (): Promise<number> => {
    const [row] = await sql<{ n: number }>(
      `select count(*) as n from webhook_logs w join merchants m on m.id = w.merchant_id
       where m.name = 'hung' and w.lease_until > gateway_now()`,
    );
    return row!.n;
  };

  test('a receiver that hangs does not delay another merchant', async () => {
    await Promise.all([listenAt('hung', '/webhook/slow'), listenAt('quick', '/webhook')]);
    for (let event = 0; event < 150; event++) await anEvent('hung');
    await until('all hang that may', async () => (await hanging()) === 8);
    const delaysMs: number[] = [];
    for (let event = 0; event < 20; event++) {
      const eventId = await anEvent('quick');
      const sentMs = performance.now();
      await until('the quick one hears of it', async () => arrivals(eventId).length === 1, 5_000, 2);
      delaysMs.push(performance.now() - sentMs);
    }
    const flying = await hanging();
    const slowestMs = Math.max(...delaysMs);
    process.stderr.write(`beside ${flying} hung deliveries: slowest of 20 webhooks after ${slowestMs.toFixed(0)} ms\n`);
    expect(flying).toBeGreaterThan(0);
    expect(slowestMs).toBeLessThan(1_000);
  }, 60_000);

  test('a backlog larger than a merchant may have in flight is worked off without a pause', async () => {
    await listenAt('busy', '/webhook');
    const startedMs = performance.now();
    const events = new Set(await Promise.all(Array.from({ length: 200 }, () => anEvent('busy'))));
    await until('all are delivered', async () => {
      const [row] = await sql<{ left: number }>(
        `select count(*) as left from webhook_logs w join merchants m on m.id = w.merchant_id
         where m.name = 'busy' and w.status = 'pending'`,
      );
      return row?.left === 0 || row;
    });
    const tookMs = performance.now() - startedMs;
    process.stderr.write(`200 webhooks, 8 at a time, after ${tookMs.toFixed(0)} ms\n`);
    // What hung for somebody else is sent again meanwhile.
    expect(receiver.deliveries().filter(({ webhook_id }) => events.has(webhook_id!))).toHaveLength(200);
    // The sweeper alone would let eight through a second.
    expect(tookMs).toBeLessThan(8_000);
  }, 30_000);
});
