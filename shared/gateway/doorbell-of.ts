import type { Doorbell } from '../queue/doorbell.ts';
import { lazyDoorbell } from '../queue/lazy-doorbell.ts';
import { sqsQueueUrls } from '../queue/sqs-queue-urls.ts';
import type { Log } from '../runtime/log.ts';
import type { Settings } from '../runtime/settings.ts';
import { queueTargetOf } from './queue-target-of.ts';

/** The bell of the queues the settings name. Each backend's package is loaded where it is used and nowhere else. */
export function doorbellOf(settings: Settings, log: Log): Doorbell {
  if (settings.QUEUE_BACKEND === 'sqs') {
    const urls = sqsQueueUrls(settings);
    return lazyDoorbell(async () => (await import('../queue/sqs-doorbell.ts')).sqsDoorbell(urls));
  }
  const target = queueTargetOf(settings);
  return lazyDoorbell(async () => (await import('../queue/bullmq-doorbell.ts')).bullmqDoorbell(target, log));
}
