import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { anyFreePort, isPortTaken } from '../../localstack/ports/is-port-taken.ts';
import { findRedisServer } from '../../localstack/redis/find-redis-server.ts';
import { startRedis } from '../../localstack/redis/start-redis.ts';
import type { Log } from '../runtime/log.ts';
import { readSettings } from '../runtime/settings.ts';
import { until } from '../testing/until.ts';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';

const program = findRedisServer();
const port = await anyFreePort();

const warnings: string[] = [];
const log = {
  warn: (_of: object, text: string) => warnings.push(text),
  info: () => undefined,
  debug: () => undefined,
} as unknown as Log;

const limiterAt = (redisPort: number): RateLimiter =>
  createRateLimiter(
    readSettings({
      GATEWAY_MODE: 'sandbox',
      QUEUE_BACKEND: 'redis',
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      RATE_LIMIT_MERCHANT: '1000000',
    }),
    log,
  );

/** How long each of a row of counts took, in milliseconds, and how many of them were counted. */
async function countMany(limiter: RateLimiter, many: number) {
  const tookMs: number[] = [];
  let counted = 0;
  for (let n = 0; n < many; n++) {
    const startedMs = performance.now();
    if ((await limiter.count('merchant', 'a')) !== undefined) counted++;
    tookMs.push(performance.now() - startedMs);
  }
  return { counted, longestMs: Math.max(...tookMs), totalMs: tookMs.reduce((sum, one) => sum + one, 0) };
}

/** Measures a few times, and answers the least of each: a busy machine only ever adds. */
async function leastOf<Name extends string>(
  times: number,
  measure: () => Promise<Record<Name, number>>,
): Promise<Record<Name, number>> {
  const least = await measure();
  for (let time = 1; time < times; time++) {
    const again = await measure();
    for (const name in least) least[name] = Math.min(least[name], again[name]);
  }
  return least;
}

const isCounted = (limiter: RateLimiter) => async () => (await limiter.count('merchant', 'b')) !== undefined;

afterEach(() => void warnings.splice(0));

test('a Redis that nobody runs lets requests pass at once, says so once, and closes in order', async () => {
  const leastMs = await leastOf(5, async () => {
    warnings.splice(0);
    const limiter = limiterAt(await anyFreePort());
    const { counted, longestMs, totalMs } = await countMany(limiter, 200);
    expect(counted).toBe(0);
    expect(warnings).toHaveLength(1);
    const startedMs = performance.now();
    await limiter.close();
    const closing = performance.now() - startedMs;
    expect(await limiter.count('merchant', 'a')).toBeUndefined();
    return { longest: longestMs, total: totalMs, closing };
  });
  expect(leastMs.longest).toBeLessThan(150);
  expect(leastMs.total).toBeLessThan(300);
  expect(leastMs.closing).toBeLessThan(100);
});

(program === undefined ? describe.skip : describe)('a Redis of our own', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gateway-rates-'));
  let pid = 0;
  const boot = async () => {
    await startRedis({ dataDir, port, program: program ?? '' });
    const client = new Redis(port);
    pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
    client.on('error', () => undefined).disconnect();
  };
  /** As a power cut would; it also ends one that is frozen. */
  const kill = async () => {
    if (pid !== 0) process.kill(pid, 'SIGKILL');
    pid = 0;
    await until('the port is free', async () => !(await isPortTaken(port)));
  };
  afterAll(async () => {
    await kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('that is killed is not missed, and used again when it is back', async () => {
    await boot();
    const limiter = limiterAt(port);
    await until('it counts', isCounted(limiter));
    await kill();
    const { counted, totalMs } = await countMany(limiter, 200);
    expect(counted).toBe(0);
    expect(totalMs).toBeLessThan(300);
    expect(warnings).toHaveLength(1);
    await boot();
    await until('it counts again', isCounted(limiter));
    await until('twenty in a row are', async () => (await countMany(limiter, 20)).counted === 20);
    await limiter.close();
    await kill();
  });

  test('that is frozen holds a request for 50 ms a second at most, and is used again when it thaws', async () => {
    await boot();
    const limiter = limiterAt(port);
    const leastMs = await leastOf(3, async () => {
      process.kill(pid, 'SIGCONT');
      await until('it counts', isCounted(limiter));
      process.kill(pid, 'SIGSTOP');
      const first = await countMany(limiter, 1);
      expect(first.counted).toBe(0);
      expect(first.longestMs).toBeGreaterThan(40);
      return { first: first.longestMs, after: (await countMany(limiter, 200)).totalMs };
    });
    expect(leastMs.first).toBeLessThan(150);
    expect(leastMs.after).toBeLessThan(100);
    // Long enough for the silent connection to be given up.
    const frozenMs = performance.now();
    const waitsMs: number[] = [];
    await until('three seconds pass', async () => {
      const { longestMs } = await countMany(limiter, 1);
      if (longestMs > 40) waitsMs.push(longestMs);
      return performance.now() - frozenMs > 3_000;
    });
    expect(waitsMs.length).toBeLessThanOrEqual(4);
    expect(Math.min(...waitsMs)).toBeLessThan(150);
    expect(warnings).toHaveLength(1);
    process.kill(pid, 'SIGCONT');
    await until('it counts again', isCounted(limiter));
    await limiter.close();
    await kill();
  });
});
