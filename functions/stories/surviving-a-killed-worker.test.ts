import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningTestMerchant, startTestMerchant } from '../../localstack/test-merchant/start-test-merchant.ts';
import { killBeforeRecording } from '../../shared/testing/kill-before-recording.ts';
import { knock } from '../../shared/testing/knock.ts';
import { manyPayments } from '../../shared/testing/shop.ts';
import { startWorker } from '../../shared/testing/start-worker.ts';
import { queueBackends, useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';
import { handler as updateMe } from '../http/merchants/update-me.ts';

const count = 200;

describe.each(queueBackends)('a worker killed with 200 payments in flight, queue on %s', (backend) => {
  const { env, sql } = useTestGateway({ QUEUE_BACKEND: backend, TEST_PROCESSING_DELAY: '2000' });
  let merchant: RunningTestMerchant;

  beforeAll(async () => {
    merchant = await startTestMerchant({ port: 0, secret: 'whsec_test_abc123' });
    await knock(updateMe, { method: 'PUT', body: { webhook_url: `${merchant.url}/webhook` } });
  });
  afterAll(() => merchant.close());

  const numberOf = async (what: string): Promise<number> => {
    const [row] = await sql<{ n: number }>(`select count(*) as n from ${what}`);
    return row?.n ?? 0;
  };

  test('the next worker settles all of them, each exactly once, within 20 s', async () => {
    const first = await startWorker(env);
    await first.whileFrozen(() => manyPayments(count));
    await killBeforeRecording(first, async () => (await numberOf('simulated_charges')) > 0);
    const open = await numberOf(`payments where status = 'pending'`);
    const claimed = await numberOf(`payments where status = 'pending' and claims > 0`);
    const unrecorded = await numberOf(
      `simulated_charges c join payments p on p.id = c.payment_id where p.status = 'pending'`,
    );
    expect(open).toBe(count);
    expect(unrecorded).toBeGreaterThan(0);

    const restartedMs = performance.now();
    const second = await startWorker(env);
    await until(
      'all have settled',
      async () => {
        const left = await numberOf(`payments where status = 'pending'`);
        return left === 0 || left;
      },
      20_000,
    );
    const tookMs = Math.round(performance.now() - restartedMs);
    await until(
      'all webhooks are delivered',
      async () => {
        const left = await numberOf(`webhook_logs where status <> 'success'`);
        return left === 0 || left;
      },
      20_000,
    );
    await second.stop();
    process.stderr.write(
      `killed on ${backend}: ${open} open, ${claimed} claimed, ${unrecorded} charged but unrecorded; all settled ${tookMs} ms after the restart\n`,
    );

    expect(await numberOf(`payments where status = 'success'`)).toBe(count);
    expect(await sql(`select outcome, count(*) as n from simulated_charges group by 1`)).toEqual([
      { outcome: 'APPROVED', n: count },
    ]);
    expect(
      await sql(`select type, count(*) as n, count(distinct payment_id) as payments from events group by 1 order by 1`),
    ).toEqual([
      { type: 'payment.created', n: count, payments: count },
      { type: 'payment.pending', n: count, payments: count },
      { type: 'payment.success', n: count, payments: count },
    ]);
    expect(await numberOf('webhook_logs')).toBe(3 * count);
  }, 60_000);
});
