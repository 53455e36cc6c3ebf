import { Redis } from 'ioredis';
import type { TestGateway } from './test-gateway.ts';

/** A fingerprint of every table and of this gateway's queues: two that are equal mean that nothing was written between. */
export async function everythingStored({ sql, env }: TestGateway): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const stored: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ print: string }>(
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as print from ${name} t`,
    );
    stored[name] = row?.print ?? '';
  }
  if (env.REDIS_URL !== undefined) stored.redis = (await redisKeys(env.REDIS_URL, env.QUEUE_PREFIX ?? '')).join(' ');
  return stored;
}

async function redisKeys(url: string, prefix: string): Promise<string[]> {
  const redis = new Redis(url);
  try {
    return (await redis.keys(`${prefix}*`)).sort();
  } finally {
    redis.disconnect();
  }
}
