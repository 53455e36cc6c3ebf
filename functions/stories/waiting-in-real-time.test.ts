import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningTestMerchant, startTestMerchant } from '../../localstack/test-merchant/start-test-merchant.ts';
import { knock } from '../../shared/testing/knock.ts';
import { startWorker, type TestWorker } from '../../shared/testing/start-worker.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';
import { handler as updateMe } from '../http/merchants/update-me.ts';
import { handler as testWebhook } from '../http/webhooks/test.ts';

describe('with a real worker and a real clock', () => {
  const { env } = useTestGateway({ WEBHOOK_RETRY_INTERVALS_TEST: 'true' });
  let receiver: RunningTestMerchant;
  let worker: TestWorker;

  beforeAll(async () => {
    receiver = await startTestMerchant({ port: 0, secret: 'whsec_test_abc123' });
    worker = await startWorker(env);
    await knock(updateMe, { method: 'PUT', body: { webhook_url: `${receiver.url}/webhook/flaky?n=4` } });
  });
  afterAll(async () => {
    await worker.stop();
    await receiver.close();
  });

  test('a receiver that fails four times is called again 5, 10, 15 and 20 s after each failure', async () => {
    await knock(testWebhook);
    const arrivals = () => receiver.deliveries().reverse();
    await until('the fifth attempt is there', async () => arrivals().length === 5, 70_000, 200);
    const times = arrivals().map(({ received_at }) => Date.parse(received_at) / 1_000);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    process.stderr.write(`retried after ${gaps.map((gap) => gap.toFixed(2)).join(', ')} s\n`);
    [5, 10, 15, 20].forEach((wanted, index) => {
      expect(gaps[index]).toBeGreaterThanOrEqual(wanted - 0.05);
      expect(gaps[index]).toBeLessThan(wanted + 1.5);
    });
    expect(arrivals().map(({ status }) => status)).toEqual([503, 503, 503, 503, 200]);
  }, 90_000);
});
