import { Redis } from 'ioredis';
import type { Settings } from '../runtime/settings.ts';
import { fault, type Finding, ok, warning } from './finding.ts';

const section = 'queue';
const answersWithinMs = 2_000;

export async function examineQueue(settings: Settings): Promise<Finding[]> {
  const { QUEUE_BACKEND: backend, REDIS_URL: url } = settings;
  if (backend === 'sqs') return (await import('./examine-sqs.ts')).examineSqs(settings);
  const about = { section, name: 'backend' } as const;
  if (backend !== 'redis' || url === undefined) return [ok(about, 'The queues are in the PostgreSQL above.')];
  try {
    return await examineRedis(await infoOf(url));
  } catch (error) {
    const says = `Redis does not answer (${(error as Error).message}): payments stay pending until it does.`;
    return [fault(about, says, 'Start it, or correct REDIS_URL. Nothing is lost: the rows know what is due.')];
  }
}

/** CONFIG is closed on many hosted servers; INFO is open and says the same. */
async function infoOf(url: string): Promise<string> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: answersWithinMs,
    commandTimeout: answersWithinMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: Error | undefined;
  redis.on('error', (error: Error) => (reason = error));
  try {
    await redis.connect();
    return await redis.info();
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

async function examineRedis(info: string): Promise<Finding[]> {
  const value = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
  const policy = value('maxmemory_policy');
  const isAppending = value('aof_enabled') === '1';
  const eviction = { section, name: 'eviction' } as const;
  const persistence = { section, name: 'persistence' } as const;
  return [
    ok({ section, name: 'backend' }, `Redis ${value('redis_version')} answers.`),
    policy === 'noeviction'
      ? ok(eviction, 'A full Redis refuses jobs and drops none.')
      : warning(
          eviction,
          `maxmemory-policy is ${policy}: a full Redis drops jobs without a word.`,
          'Set it to noeviction.',
        ),
    isAppending
      ? ok(persistence, 'Jobs survive a restart of Redis.')
      : warning(
          persistence,
          'appendonly is off: a restart loses jobs, which the sweeper then rings for again.',
          'Set appendonly yes.',
        ),
  ];
}
