import type { BullmqTarget } from '../queue/bullmq-connection.ts';
import type { Settings } from '../runtime/settings.ts';

/** Where the queues are. Without a Redis they share the gateway's PostgreSQL, in a schema of their own. */
export function queueTargetOf(settings: Settings): BullmqTarget {
  return settings.QUEUE_BACKEND === 'redis' && settings.REDIS_URL !== undefined
    ? { backend: 'redis', url: settings.REDIS_URL, prefix: settings.QUEUE_PREFIX }
    : { backend: 'postgres', url: settings.DATABASE_URL };
}
