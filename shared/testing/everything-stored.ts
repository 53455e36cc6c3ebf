import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { everyRow } from './everything-written.ts';
import type { TestGateway } from './test-gateway.ts';

/** A fingerprint of every table and of this gateway's queues: two that are equal mean that nothing was written between. */
export async function everythingStored({ sql, env }: TestGateway): Promise<Record<string, string>> {
  const stored = Object.fromEntries(
    Object.entries(await everyRow({ sql })).map(([table, rows]) => [
      table,
      createHash('md5').update(rows).digest('hex'),
    ]),
  );
  if (env.REDIS_URL !== undefined) stored.redis = (await redisKeys(env.REDIS_URL, env.QUEUE_PREFIX ?? '')).join(' ');
  return stored;
}

async function redisKeys(url: string, prefix: string): Promise<string[]> {
  const redis = new Redis(url);
  try {
    // That somebody knocked is counted, whatever comes of it.
    const keys = (await redis.keys(`${prefix}*`)).filter((key) => !key.startsWith(`${prefix}:rate:`));
    return keys.sort();
  } finally {
    redis.disconnect();
  }
}
