import { describe, expect, test } from '@jest/globals';
import { killBeforeRecording } from '../../shared/testing/kill-before-recording.ts';
import { ring } from '../../shared/testing/ring.ts';
import { aRefund, manyPayments } from '../../shared/testing/shop.ts';
import { startWorker } from '../../shared/testing/start-worker.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';
import { handler as settlePayment } from '../jobs/settle-payment.ts';

const count = 60;

describe('a worker killed with 60 refunds in flight', () => {
  const { env, sql } = useTestGateway({ REFUND_PROCESSING_DELAY: '2000' });
  const numberOf = async (what: string): Promise<number> =>
    (await sql<{ n: number }>(`select count(*) as n from ${what}`))[0]?.n ?? 0;

  test('the next worker gives each back exactly once, within 20 s', async () => {
    const payments = await manyPayments(count);
    await ring(settlePayment, 'settle-payment', ...payments);
    const first = await startWorker(env);
    await first.whileFrozen(() => Promise.all(payments.map((id) => aRefund(id, 20_000))));
    await killBeforeRecording(first, async () => (await numberOf('simulated_refunds')) > 0);
    const open = await numberOf(`refunds where status = 'pending'`);
    const unrecorded = await numberOf(
      `simulated_refunds s join refunds r on r.id = s.refund_id where r.status = 'pending'`,
    );
    expect(open).toBe(count);
    expect(unrecorded).toBeGreaterThan(0);

    const restartedMs = performance.now();
    const second = await startWorker(env);
    await until('all are processed', async () => (await numberOf(`refunds where status = 'pending'`)) === 0, 20_000);
    const tookMs = Math.round(performance.now() - restartedMs);
    await second.stop();
    process.stderr.write(
      `killed: ${unrecorded} given back but unrecorded; all processed ${tookMs} ms after the restart\n`,
    );

    expect(
      await sql(`select status, refund_done, refund_reserved, count(*) as n from payments group by 1, 2, 3`),
    ).toEqual([{ status: 'partially_refunded', refund_done: 20_000, refund_reserved: 20_000, n: count }]);
    expect(
      await sql('select outcome, sum(amount)::bigint as sum, count(*) as n from simulated_refunds group by 1'),
    ).toEqual([{ outcome: 'PROCESSED', sum: 20_000 * count, n: count }]);
    expect(
      await sql(
        `select type, count(*) as n, count(distinct refund_id) as refunds from events where refund_id is not null group by 1 order by 1`,
      ),
    ).toEqual([
      { type: 'refund.created', n: count, refunds: count },
      { type: 'refund.processed', n: count, refunds: count },
    ]);
  }, 60_000);
});
