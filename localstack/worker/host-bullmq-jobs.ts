import { setTimeout } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { SQSEvent } from 'aws-lambda';
import type { JobHandler } from '../../shared/jobs/chains.ts';
import { type BullmqTarget, connectBullmq } from '../../shared/queue/bullmq-connection.ts';
import type { JobType } from '../../shared/queue/doorbell.ts';
import type { Log } from '../../shared/runtime/log.ts';
import { lambdaContext } from './lambda-context.ts';

/**
 * BullMQ's defaults wait half a minute before a dead worker's jobs move on, and give a job up at its second stall.
 * The rows are fenced, so a job that runs twice does no harm, and one that comes late does.
 */
const patience = { lockDuration: 10_000, stalledInterval: 3_000, maxStalledCount: 20 };

/** Ctrl-C is answered within a second. */
const graceMs = 500;

/** Turns every BullMQ job into the SQS event its Lambda handler knows, and fails just what the handler reports failed. */
export async function hostBullmqJobs(
  target: BullmqTarget,
  handlers: Record<JobType, JobHandler>,
  { concurrency, log }: { concurrency: number; log: Log },
): Promise<{ close(): Promise<void> }> {
  const connection = connectBullmq(target, 'consumer', log);
  const workers = (Object.entries(handlers) as [JobType, JobHandler][]).map(([type, handler]) =>
    connection.worker(type, (job) => perform(type, handler, job), { concurrency, ...patience }),
  );
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  return {
    close: async () => {
      // What is nearly done may end. The rest is cut off: it is rows, and the next worker takes them up when their
      // leases end.
      const inOrder = Promise.all(workers.map((worker) => worker.close()));
      await Promise.race([inOrder, setTimeout(graceMs)]);
      await Promise.all(workers.map((worker) => worker.close(true)));
      await connection.close();
    },
  };
}

async function perform(type: JobType, handler: JobHandler, job: Job): Promise<void> {
  const event = { Records: [sqsRecord(type, job)] } as SQSEvent;
  const { batchItemFailures } = await handler(event, lambdaContext(type));
  if (batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === job.id)) {
    throw new Error(`${type} failed; the worker's log has the cause under message_id ${job.id ?? ''}`);
  }
}

function sqsRecord(type: JobType, job: Job) {
  return {
    messageId: job.id,
    receiptHandle: job.id,
    body: JSON.stringify(job.data),
    attributes: {
      ApproximateReceiveCount: String(job.attemptsMade + 1),
      SentTimestamp: String(job.timestamp),
      ApproximateFirstReceiveTimestamp: String(job.processedOn ?? job.timestamp),
      SenderId: 'local',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:000000000000:${type}`,
    awsRegion: 'local',
  };
}
