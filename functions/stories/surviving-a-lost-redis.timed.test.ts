import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { anyFreePort } from '../../localstack/ports/is-port-taken.ts';
import { findRedisServer } from '../../localstack/redis/find-redis-server.ts';
import { startRedis } from '../../localstack/redis/start-redis.ts';
import { aPayment, manyPayments } from '../../shared/testing/shop.ts';
import { startWorker, type TestWorker } from '../../shared/testing/start-worker.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';

const program = findRedisServer();
const port = await anyFreePort();

(program === undefined ? describe.skip : describe)('a Redis that is killed and wiped', () => {
  const { env, sql } = useTestGateway({
    QUEUE_BACKEND: 'redis',
    REDIS_URL: `redis://127.0.0.1:${port}`,
    TEST_PROCESSING_DELAY: '1500',
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'gateway-redis-'));
  const boot = () => startRedis({ dataDir, port, program: program ?? '' });
  let redis: Awaited<ReturnType<typeof boot>>;
  let worker: TestWorker;

  beforeAll(async () => {
    redis = await boot();
    worker = await startWorker(env);
  });
  afterAll(async () => {
    await worker.stop();
    await redis.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** As a power cut would: no farewell, nothing saved. */
  const killRedis = async () => {
    const client = new Redis(port, { maxRetriesPerRequest: 0 });
    const pid = /process_id:(\d+)/.exec(await client.info('server'))?.[1];
    client.on('error', () => undefined).disconnect();
    process.kill(Number(pid), 'SIGKILL');
  };

  const medianOf = async (payments: number): Promise<number> => {
    const tookMs: number[] = [];
    for (let made = 0; made < payments; made++) {
      const startedMs = performance.now();
      await aPayment();
      tookMs.push(performance.now() - startedMs);
    }
    return tookMs.sort((a, b) => a - b)[Math.floor(payments / 2)] ?? 0;
  };

  test('payments are taken at the same speed while it is down, and all settle when it is back empty', async () => {
    await medianOf(20);
    const upMs = await medianOf(60);
    const before = await manyPayments(40);

    await killRedis();
    rmSync(dataDir, { recursive: true, force: true });
    const downMs = await medianOf(60);
    process.stderr.write(
      `an order and its payment: ${upMs.toFixed(2)} ms with Redis, ${downMs.toFixed(2)} ms without\n`,
    );
    // Twice, and a little for a noisy machine; a request that waited for the queue would take 250 ms more.
    expect(downMs).toBeLessThan(2 * upMs + 5);
    expect(
      await sql(`select count(*) > 0 as left from payments where status = 'pending' and id = any ($1)`, [before]),
    ).toEqual([{ left: true }]);

    const backMs = performance.now();
    redis = await boot();
    await until(
      'all have settled',
      async () => {
        const [row] = await sql<{ left: number }>(`select count(*) as left from payments where status = 'pending'`);
        return row?.left === 0 || row;
      },
      60_000,
    );
    process.stderr.write(`all settled ${Math.round(performance.now() - backMs)} ms after the empty Redis was back\n`);
    expect(await sql('select status, count(*) as n from payments group by 1')).toEqual([{ status: 'success', n: 180 }]);
    expect(await sql('select count(*) as n from simulated_charges')).toEqual([{ n: 180 }]);
  }, 90_000);
});
