import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { memoryStore } from './memory-store.ts';
import type { RateLimits } from './policies.ts';
import { redisStore } from './redis-store.ts';

const redisUrl = process.env.TEST_REDIS_URL;
const prefix = `test-${randomBytes(6).toString('hex')}:rate`;
const limits: RateLimits = { merchant: 3, 'public-ip': 2, 'public-order': 0, login: 0, 'wrong-credentials': 2 };

describe.each([
  ['memory', () => memoryStore(limits)],
  ...(redisUrl === undefined ? [] : [['Redis', () => redisStore(limits, { url: redisUrl, prefix })] as const]),
] as const)('the store in %s', (_name, open) => {
  const store = open();
  afterAll(() => store.close());

  test('counts down to the limit, and says what is over', async () => {
    const seen = [];
    for (let n = 0; n < 5; n++) seen.push(await store.count('merchant', 'a'));
    expect(seen.map(({ remaining, isOver }) => [remaining, isOver])).toEqual([
      [2, false],
      [1, false],
      [0, false],
      [0, true],
      [0, true],
    ]);
    for (const { policy, limit, resetSeconds } of seen) {
      expect({ policy, limit }).toEqual({ policy: 'merchant', limit: 3 });
      expect([59, 60]).toContain(resetSeconds);
    }
  });

  test('counts keys and policies apart', async () => {
    for (let n = 0; n < 3; n++) await store.count('public-ip', 'b');
    expect(await store.count('public-ip', 'b')).toMatchObject({ isOver: true });
    expect(await store.count('public-ip', 'c')).toMatchObject({ isOver: false, remaining: 1 });
    expect(await store.count('wrong-credentials', 'b')).toMatchObject({ isOver: false, remaining: 1 });
  });

  test('looks without counting', async () => {
    const look = () => store.look('wrong-credentials', 'd');
    for (let n = 0; n < 5; n++) expect(await look()).toMatchObject({ isOver: false, remaining: 2, limit: 2 });
    await store.count('wrong-credentials', 'd');
    expect(await look()).toMatchObject({ isOver: false, remaining: 1 });
    await store.count('wrong-credentials', 'd');
    expect(await look()).toMatchObject({ isOver: true, remaining: 0 });
    expect([59, 60]).toContain((await look()).resetSeconds);
  });

  test('lets exactly the limit through when all come at once', async () => {
    const seen = await Promise.all(Array.from({ length: 50 }, () => store.count('merchant', 'e')));
    expect(seen.filter(({ isOver }) => !isOver)).toHaveLength(3);
  });

  test('takes any text for a key', async () => {
    for (const key of ['__proto__', 'a b\r\nc', '₹{x}', '']) {
      expect(await store.count('public-ip', key)).toMatchObject({ remaining: 1 });
    }
  });

  test('has nothing to say on a policy without a limit', async () => {
    await expect(store.count('public-order', 'f')).rejects.toThrow('public-order has no limit');
  });
});

(redisUrl === undefined ? describe.skip : describe)('the counters in Redis', () => {
  const store = redisStore(limits, { url: redisUrl ?? '', prefix });
  let redis: Redis;
  beforeAll(() => {
    redis = new Redis(redisUrl ?? '');
  });
  afterAll(async () => {
    await store.close();
    redis.disconnect();
  });

  test('end by themselves, also one that has lost its end', async () => {
    const key = `${prefix}:merchant:g`;
    await store.count('merchant', 'g');
    const ttl = await redis.pttl(key);
    expect(ttl).toBeGreaterThan(50_000);
    expect(ttl).toBeLessThanOrEqual(60_000);
    await redis.persist(key);
    await store.count('merchant', 'g');
    expect(await redis.pttl(key)).toBeGreaterThan(50_000);
    const others = await redis.keys(`${prefix}:*`);
    for (const other of others) expect([other, (await redis.pttl(other)) > 0]).toEqual([other, true]);
  });

  test('begin anew when the window has ended', async () => {
    for (let n = 0; n < 3; n++) await store.count('merchant', 'h');
    await redis.pexpire(`${prefix}:merchant:h`, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await store.look('merchant', 'h')).toMatchObject({ remaining: 3, isOver: false });
    expect(await store.count('merchant', 'h')).toMatchObject({ remaining: 2, isOver: false });
  });

  test('are shared by all processes', async () => {
    const other = redisStore(limits, { url: redisUrl ?? '', prefix });
    await store.count('merchant', 'i');
    expect(await other.count('merchant', 'i')).toMatchObject({ remaining: 1 });
    await other.close();
  });

  test('are not asked again for a key that is over', async () => {
    for (let n = 0; n < 10; n++) await store.count('merchant', 'j');
    expect(await redis.get(`${prefix}:merchant:j`)).toBe('4');
  });
});
