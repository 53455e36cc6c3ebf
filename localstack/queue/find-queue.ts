import type { OnLine } from '../processes/running.ts';
import { StartupError } from '../startup-error.ts';
import { findRedisServer } from '../redis/find-redis-server.ts';
import { pingRedis } from '../redis/ping-redis.ts';
import { prepareRedis, type RedisService } from '../redis/start-redis.ts';
import { findSqs } from './find-sqs.ts';

export interface QueueSearch {
  env: NodeJS.ProcessEnv;
  dataDir: string;
  /** Asked for only if a Redis of ours is to be started. */
  choosePort: () => Promise<number>;
  onLine?: OnLine;
}

export interface FoundQueue {
  /** What the API and the worker are told. */
  env: { QUEUE_BACKEND: 'redis'; REDIS_URL: string } | { QUEUE_BACKEND: 'postgres' | 'sqs' };
  description: string;
  /** Ours to start and to keep running. */
  service?: RedisService;
}

/** What QUEUE_BACKEND asks for, else a Redis that is named, else one that can be started, else the database itself. */
export async function findQueue({ env, choosePort, ...options }: QueueSearch): Promise<FoundQueue> {
  if (env['QUEUE_BACKEND'] === 'sqs') {
    return { env: { QUEUE_BACKEND: 'sqs' }, description: `${await findSqs(env)} (QUEUE_BACKEND)` };
  }
  if (env['QUEUE_BACKEND'] === 'postgres') {
    return { env: { QUEUE_BACKEND: 'postgres' }, description: 'BullMQ on PostgreSQL (QUEUE_BACKEND)' };
  }
  const named = env['REDIS_URL'];
  if (named) {
    await insistOn(named);
    return { env: redisEnv(named), description: `Redis at ${withoutPassword(named)} (REDIS_URL)` };
  }
  const program = findRedisServer(env['PATH']);
  if (program === undefined) {
    return { env: { QUEUE_BACKEND: 'postgres' }, description: 'BullMQ on PostgreSQL (no redis-server found)' };
  }
  const port = await choosePort();
  const service = prepareRedis({ ...options, program, port });
  return { env: redisEnv(service.url), description: `BullMQ on Redis, port ${port} (${program})`, service };
}

function redisEnv(url: string): FoundQueue['env'] {
  return { QUEUE_BACKEND: 'redis', REDIS_URL: url };
}

async function insistOn(url: string): Promise<void> {
  try {
    await pingRedis(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(
      `REDIS_URL is set to ${withoutPassword(url)}, but no Redis answers there (${reason}). ` +
        'Start it, or unset REDIS_URL and the gateway finds a queue by itself.',
    );
  }
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
