import { randomUUID } from 'node:crypto';
import { handler as deliverWebhook } from '../../functions/jobs/deliver-webhook.ts';
import { handler as purgeExpired } from '../../functions/jobs/purge-expired.ts';
import { handler as settlePayment } from '../../functions/jobs/settle-payment.ts';
import { handler as settleRefund } from '../../functions/jobs/settle-refund.ts';
import { handler as sweep } from '../../functions/jobs/sweep.ts';
import { theGateway } from '../../shared/gateway/gateway.ts';
import { queueTargetOf } from '../../shared/gateway/queue-target-of.ts';
import type { JobHandler } from '../../shared/jobs/chains.ts';
import type { JobType } from '../../shared/queue/doorbell.ts';
import { sqsQueueUrls } from '../../shared/queue/sqs-queue-urls.ts';
import { heartbeatEveryMs, reportAlive, reportStopped } from '../../shared/work/heartbeat.ts';
import { hostBullmqJobs } from './host-bullmq-jobs.ts';
import { hostSqsJobs } from './host-sqs-jobs.ts';
import { every } from './every.ts';
import { lambdaContext } from './lambda-context.ts';

/** What stands for AWS's event source mappings here: which handler answers which queue. */
const handlers: Record<JobType, JobHandler> = {
  'settle-payment': settlePayment,
  'settle-refund': settleRefund,
  'deliver-webhook': deliverWebhook,
};

const sweepEveryMs = 1_000;
const purgeEveryMs = 60_000;

const { settings, log, database } = theGateway();
const workerId = randomUUID();

const host =
  settings.QUEUE_BACKEND === 'sqs'
    ? hostSqsJobs(sqsQueueUrls(settings), handlers, log)
    : await hostBullmqJobs(queueTargetOf(settings), handlers, { concurrency: settings.WORKER_CONCURRENCY, log });
const timers = [
  every(sweepEveryMs, () => sweep({}, lambdaContext('sweep')), log),
  every(purgeEveryMs, () => purgeExpired({}, lambdaContext('purge-expired')), log),
  every(heartbeatEveryMs, () => reportAlive(database, workerId), log),
];
console.log('worker ready');

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  for (const timer of timers) timer.stop();
  await reportStopped(database, workerId).catch(() => undefined);
  await host.close();
  // What is still in hand goes down with the process; closing the pool under it would only make it complain.
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
