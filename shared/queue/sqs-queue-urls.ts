import type { Settings } from '../runtime/settings.ts';
import type { JobType } from './doorbell.ts';

/** Where each job type's SQS queue is. The settings insist on all of them where they are needed. */
export const sqsQueueUrls = (settings: Settings): Readonly<Record<JobType, string>> => ({
  'settle-payment': settings.SETTLE_PAYMENT_QUEUE_URL ?? '',
  'settle-refund': settings.SETTLE_REFUND_QUEUE_URL ?? '',
  'deliver-webhook': settings.DELIVER_WEBHOOK_QUEUE_URL ?? '',
});
