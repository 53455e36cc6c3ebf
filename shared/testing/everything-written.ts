import { Redis } from 'ioredis';
import type { TestGateway } from './test-gateway.ts';

/** Every row of every table as text, by table. */
export async function everyRow({ sql }: Pick<TestGateway, 'sql'>): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const rows: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ text: string | null }>(
      `select string_agg(t::text, E'\\n' order by t::text) as text from ${name} t`,
    );
    rows[name] = row?.text ?? '';
  }
  return rows;
}

/** Every key of a Redis that is wanted, with its value as text, whatever its type. */
export async function everyKey(url: string, isWanted: (key: string) => boolean): Promise<Record<string, string>> {
  const redis = new Redis(url);
  const read: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => redis.get(key),
    hash: (key) => redis.hgetall(key),
    list: (key) => redis.lrange(key, 0, -1),
    set: (key) => redis.smembers(key),
    zset: (key) => redis.call('zrange', key, '0', '-1', 'withscores'),
    stream: (key) => redis.call('xrange', key, '-', '+'),
  };
  try {
    const values: Record<string, string> = {};
    for (const key of (await redis.keys('*')).filter(isWanted)) {
      const type = await redis.type(key);
      // It may have gone meanwhile; then its type is "none".
      if (type !== 'none') values[key] = JSON.stringify(await read[type]?.(key));
    }
    return values;
  } finally {
    redis.disconnect();
  }
}
