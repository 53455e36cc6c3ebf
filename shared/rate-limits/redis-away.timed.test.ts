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
import { onAPromptRedis } from '../testing/on-a-prompt-redis.ts';
import { undisturbed } from '../testing/undisturbed.ts';
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

const limiters: RateLimiter[] = [];
const limiterAt = (redisPort: number): RateLimiter => {
  const limiter = createRateLimiter(
    readSettings({
      GATEWAY_MODE: 'sandbox',
      QUEUE_BACKEND: 'redis',
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      RATE_LIMIT_MERCHANT: '1000000',
    }),
    log,
  );
  limiters.push(limiter);
  return limiter;
};

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

const isCounted = (limiter: RateLimiter) => async () => (await limiter.count('merchant', 'b')) !== undefined;

afterEach(async () => {
  warnings.splice(0);
  // A test that failed has left its own open, and that would keep this process.
  await Promise.all(limiters.splice(0).map((limiter) => limiter.close()));
});

test('a Redis that nobody runs lets requests pass at once, says so once, and closes in order', async () => {
  const { counted, longestMs, totalMs, closedMs, limiter } = await undisturbed(async () => {
    warnings.splice(0);
    const limiter = limiterAt(await anyFreePort());
    const times = await countMany(limiter, 200);
    const startedMs = performance.now();
    await limiter.close();
    return { ...times, closedMs: performance.now() - startedMs, limiter };
  });
  expect(counted).toBe(0);
  expect(longestMs).toBeLessThan(150);
  expect(totalMs).toBeLessThan(300);
  expect(warnings).toHaveLength(1);
  expect(closedMs).toBeLessThan(100);
  expect(await limiter.count('merchant', 'a')).toBeUndefined();
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
    await onAPromptRedis(`redis://127.0.0.1:${port}`, async () => {
      await until('it counts', isCounted(limiter));
      expect((await countMany(limiter, 20)).counted).toBe(20);
    });
    await limiter.close();
    await kill();
  });

  test('that is frozen holds a request for 50 ms a second at most, and is used again when it thaws', async () => {
    await boot();
    const { first, afterMs, laterMs, waits, limiter } = await undisturbed(async () => {
      process.kill(pid, 'SIGCONT');
      // One of its own each time: an outage is told again after a while.
      const limiter = limiterAt(port);
      warnings.splice(0);
      await until('it counts', isCounted(limiter));
      process.kill(pid, 'SIGSTOP');
      const frozenMs = performance.now();
      const first = await countMany(limiter, 1);
      const afterMs = (await countMany(limiter, 200)).totalMs;
      let laterMs = 0;
      let waits = 0;
      // Long enough for the silent connection to be given up.
      await until('three seconds pass', async () => {
        const { longestMs } = await countMany(limiter, 1);
        laterMs = Math.max(laterMs, longestMs);
        if (longestMs > 40) waits++;
        return performance.now() - frozenMs > 3_000;
      });
      return { first, afterMs, laterMs, waits, limiter };
    });
    expect(first.counted).toBe(0);
    expect(first.longestMs).toBeGreaterThan(40);
    expect(first.longestMs).toBeLessThan(150);
    expect(afterMs).toBeLessThan(100);
    expect(laterMs).toBeLessThan(150);
    // It rests a second after each vain look, also later on.
    expect(waits).toBeLessThanOrEqual(4);
    expect(warnings).toHaveLength(1);
    process.kill(pid, 'SIGCONT');
    await until('it counts again', isCounted(limiter));
    await limiter.close();
    await kill();
  });
});
