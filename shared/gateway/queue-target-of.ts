import type { BullmqTarget } from '../queue/bullmq-connection.ts';
import type { Settings } from '../runtime/settings.ts';

/**
 * Where BullMQ's queues are. Without a Redis they share the gateway's PostgreSQL, in a schema of their own.
 * @throws when the queues are not BullMQ's: what works on them here would wait for jobs that go elsewhere.
 */
export function queueTargetOf(settings: Settings): BullmqTarget {
  if (settings.QUEUE_BACKEND === 'sqs') {
    throw new Error('QUEUE_BACKEND=sqs: the queues are on SQS, and none of them is of BullMQ');
  }
  return settings.QUEUE_BACKEND === 'redis' && settings.REDIS_URL !== undefined
    ? { backend: 'redis', url: settings.REDIS_URL, prefix: settings.QUEUE_PREFIX }
    : { backend: 'postgres', url: settings.DATABASE_URL };
}
