import type { BulkJobOptions, Queue } from 'bullmq';
import { coalesce } from '../runtime/coalesce.ts';
import type { Log } from '../runtime/log.ts';
import { type BullmqTarget, connectBullmq } from './bullmq-connection.ts';
import { type Bell, type Doorbell, type JobType, jobTypes, messageOf } from './doorbell.ts';

/**
 * A handler that throws is tried again at once-ish; after that the sweeper finds the row, so more tries here would
 * only hide a broken handler.
 */
const jobOptions: BulkJobOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000 },
  // Without a bound the store grows for ever.
  removeOnComplete: { age: 3_600, count: 1_000 },
  removeOnFail: { age: 7 * 24 * 3_600, count: 5_000 },
};

export function bullmqDoorbell(target: BullmqTarget, log: Log): Doorbell {
  const connection = connectBullmq(target, 'producer', log);
  const queues = Object.fromEntries(
    jobTypes.map((type) => [type, connection.queue(type, { defaultJobOptions: jobOptions })]),
  ) as Record<JobType, Queue>;

  const add = coalesce(async (rings: readonly { bell: Bell; once: boolean }[]) => {
    await connection.assertThere();
    await Promise.all(
      jobTypes.map(async (type) => {
        const jobs = rings
          .filter(({ bell }) => bell.type === type)
          .map(({ bell, once }) => ({
            name: type,
            data: messageOf(bell),
            opts: {
              ...(bell.delayMs > 0 && { delay: bell.delayMs }),
              ...(once && { deduplication: { id: `${type}-${bell.id}` } }),
            },
          }));
        if (jobs.length > 0) await queues[type].addBulk(jobs);
      }),
    );
    return rings.map(() => undefined);
  });

  return {
    ring: async (bells, { once = false } = {}) => {
      await Promise.all(bells.map((bell) => add({ bell, once })));
    },
    close: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.close().catch(() => undefined)));
      await connection.close();
    },
  };
}
