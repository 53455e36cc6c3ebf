import { beforeEach, describe, expect, test } from '@jest/globals';
import { aPayment } from '../testing/shop.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { heartbeatEveryMs, reportAlive, silentAfterMs } from './heartbeat.ts';
import { jobsStatus } from './jobs-status.ts';
import { sweepAndReport } from './sweep-and-report.ts';

describe('who sweeps', () => {
  const used = useTestGateway();
  const { sql, advanceClock } = used;
  beforeEach(() => sql('delete from worker_heartbeats'));

  const sweepEvery = (SWEEP_HORIZON: number, doorbell = used.gateway.doorbell) =>
    sweepAndReport({
      database: used.database,
      doorbell,
      settings: { ...used.gateway.settings, SWEEP_HORIZON },
    });
  const status = async () => (await jobsStatus(used.database)).worker_status;

  test('once a minute is the worker: running through a missed sweep, stopped after two', async () => {
    expect(await status()).toBe('stopped');
    await sweepEvery(60_000);
    expect(await status()).toBe('running');
    await advanceClock(125_000);
    expect(await status()).toBe('running');
    await advanceClock(30_000);
    expect(await status()).toBe('stopped');
    await sweepEvery(60_000);
    expect(await status()).toBe('running');
    expect(await sql('select count(*) as n from worker_heartbeats')).toEqual([{ n: 1 }]);
  });

  test('beside a worker leaves it to that one to report in', async () => {
    await sweepEvery(0);
    expect(await status()).toBe('stopped');
    await reportAlive(used.database, crypto.randomUUID());
    await advanceClock(silentAfterMs - heartbeatEveryMs);
    expect(await status()).toBe('running');
    await advanceClock(heartbeatEveryMs);
    expect(await status()).toBe('stopped');
  });

  test('and cannot ring does not work', async () => {
    const id = await aPayment();
    await sql(`update payments set due_at = gateway_now() - interval '1 h' where id = $1`, [id]);
    const away = {
      ...used.gateway.doorbell,
      ringOnce: async () => {
        throw new Error('the queue is away');
      },
    };
    await expect(sweepEvery(60_000, away)).rejects.toThrow('the queue is away');
    expect(await status()).toBe('stopped');
  });
});
