import type { BulkJobOptions, Queue } from 'bullmq';
import { coalesce } from '../runtime/coalesce.ts';
import type { Log } from '../runtime/log.ts';
import { type BullmqTarget, connectBullmq } from './bullmq-connection.ts';
import { type Bell, type Doorbell, type JobType, jobTypes } from './doorbell.ts';
import { packBells, type PackedBells } from './pack-bells.ts';

/**
 * A handler that throws is tried again after one and after two seconds. Then the sweeper finds the row, so more tries
 * here would only hide a broken handler.
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

  const addAll = (packed: readonly PackedBells[], options: (packed: PackedBells) => BulkJobOptions) =>
    Promise.all(
      jobTypes.map(async (type) => {
        const jobs = packed
          .filter(({ message }) => message.type === type)
          .map((one) => ({ name: type, data: one.message, opts: { delay: one.delayMs, ...options(one) } }));
        if (jobs.length > 0) await queues[type].addBulk(jobs);
      }),
    );

  const ringOne = coalesce(
    async (bells: readonly Bell[]) => {
      await connection.assertThere();
      await addAll(packBells(bells), () => ({}));
      return bells.map(() => undefined);
    },
    // Beyond this many the queue is away, and the sweeper knows the rows better than a long list would.
    { maxItems: 500, maxWaiting: 10_000 },
  );

  return {
    ring: async (bells) => {
      await Promise.all(bells.map(ringOne));
    },
    ringOnce: async (bells) => {
      await connection.assertThere();
      const packed = bells.flatMap((bell) => packBells([bell]));
      await addAll(packed, ({ message }) => ({ deduplication: { id: `${message.type}-${message.ids.join()}` } }));
    },
    close: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.close().catch(() => undefined)));
      await connection.close();
    },
  };
}
