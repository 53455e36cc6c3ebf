import { setTimeout } from 'node:timers/promises';
import type { JobHandler } from '../../shared/jobs/chains.ts';
import type { JobType } from '../../shared/queue/doorbell.ts';
import { sqsClient } from '../../shared/queue/sqs-client.ts';
import type { Log } from '../../shared/runtime/log.ts';
import { pollSqs } from './poll-sqs.ts';

/** Ctrl-C is answered within a second. */
const graceMs = 500;

/** Answers the queues on SQS, or on LocalStack in its place, where no Lambda does. */
export function hostSqsJobs(
  queueUrls: Readonly<Record<JobType, string>>,
  handlers: Record<JobType, JobHandler>,
  log: Log,
): { close(): Promise<void> } {
  const client = sqsClient();
  const pollers = (Object.entries(handlers) as [JobType, JobHandler][]).map(([type, handler]) =>
    pollSqs(client, queueUrls[type], handler, (err) => log.warn({ err, queue: type }, 'the queue cannot be asked')),
  );
  return {
    close: async () => {
      // What is in hand is visible again when its time is over; whoever stops the worker does not wait for that.
      await Promise.race([Promise.all(pollers.map((poller) => poller.stop())), setTimeout(graceMs)]);
      client.destroy();
    },
  };
}
