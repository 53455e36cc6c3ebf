import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { handler as getPublicOrder } from '../../functions/http/orders/get-public.ts';
import { handler as listOrders } from '../../functions/http/orders/list.ts';
import { anyFreePort } from '../../localstack/ports/is-port-taken.ts';
import { findRedisServer } from '../../localstack/redis/find-redis-server.ts';
import { startRedis } from '../../localstack/redis/start-redis.ts';
import { knock } from '../testing/knock.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { undisturbed } from '../testing/undisturbed.ts';
import { until } from '../testing/until.ts';

const redisAt = (port: number) => ({
  QUEUE_BACKEND: 'redis',
  REDIS_URL: `redis://127.0.0.1:${port}`,
  RATE_LIMIT_MERCHANT: '2',
  RATE_LIMIT_PUBLIC_IP: '2',
});

const list = () => knock(listOrders);
const look = () => knock(getPublicOrder, { headers: {}, params: { id: 'order_0000000000000001' } });

/**
 * Knocks far more often than the limits allow, and answers how long all of it took, in milliseconds: more than a second,
 * if each waited the 50 ms that a store may take.
 */
async function knockMany(): Promise<number> {
  const startedMs = performance.now();
  for (let n = 0; n < 10; n++) {
    const answer = await list();
    expect(answer.status).toBe(200);
    // What the limit is remains known; what is left of it is not.
    expect(answer.headers['ratelimit-policy']).toBe('"merchant";q=2;w=60');
    expect(answer.headers).not.toHaveProperty('ratelimit');
    expect((await look()).status).toBe(404);
  }
  return performance.now() - startedMs;
}

const nobodysPort = await anyFreePort();

describe('a Redis that nobody runs', () => {
  const here = useTestGateway(redisAt(nobodysPort));

  test('turns nobody away, holds nobody up, and is in the log once', async () => {
    const warn = jest.spyOn(here.gateway.log, 'warn');
    // Connections to the database and the first plans.
    await list();
    expect(await undisturbed(knockMany)).toBeLessThan(1_000);
    const said = warn.mock.calls.map(([, text]) => text as unknown);
    expect(said).toEqual(['the store of the rate limits is away; requests pass uncounted']);
  });
});

const program = findRedisServer();
const port = await anyFreePort();

(program === undefined ? describe.skip : describe)('a Redis that freezes', () => {
  const here = useTestGateway(redisAt(port));
  const dataDir = mkdtempSync(join(tmpdir(), 'gateway-rates-'));
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let pid = 0;

  beforeAll(async () => {
    redis = await startRedis({ dataDir, port, program: program ?? '' });
    const client = new Redis(port);
    pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
    client.disconnect();
  });
  afterAll(async () => {
    process.kill(pid, 'SIGCONT');
    await redis.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('turns nobody away, holds nobody up, and counts again when it thaws', async () => {
    const warn = jest.spyOn(here.gateway.log, 'warn');
    const tookMs = await undisturbed(async () => {
      process.kill(pid, 'SIGCONT');
      await until('requests are counted', async () => (await look()).headers['ratelimit'] !== undefined);
      warn.mockClear();
      process.kill(pid, 'SIGSTOP');
      return knockMany();
    });
    expect(tookMs).toBeLessThan(1_000);
    expect(warn.mock.calls.length).toBeLessThanOrEqual(1);
    process.kill(pid, 'SIGCONT');
    await until('too many are refused again', async () => (await list()).status === 429);
  });
});
