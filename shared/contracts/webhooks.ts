import { z } from 'zod';
import { uuid } from './ids.ts';
import { listOf, page } from './lists.ts';

export const eventType = z.enum([
  'payment.created',
  'payment.pending',
  'payment.success',
  'payment.failed',
  'payment.captured',
  'refund.created',
  'refund.processed',
  'refund.failed',
  'webhook.test',
]);
export type EventType = z.infer<typeof eventType>;

export const deliveryStatus = z.enum(['pending', 'success', 'failed']);
export type DeliveryStatus = z.infer<typeof deliveryStatus>;

export const attemptTrigger = z.enum(['event', 'schedule', 'manual']);
export type AttemptTrigger = z.infer<typeof attemptTrigger>;

const time = z.iso.datetime().meta({ description: 'UTC', examples: ['2030-01-15T10:31:10.000Z'] });

const logFields = {
  id: uuid,
  event: eventType,
  status: deliveryStatus,
  attempts: z.int().meta({ description: 'Attempts since the event, or since the last retry by hand' }),
  created_at: time,
  last_attempt_at: time.nullable(),
  response_code: z.int().nullable().meta({ description: 'Null when no answer came' }),
};

export const webhookLog = z.object(logFields).meta({ id: 'WebhookLog' });
export const webhookLogList = listOf(webhookLog).meta({ id: 'WebhookLogList' });

export const webhookAttempt = z
  .object({
    attempted_at: time,
    duration_ms: z.int(),
    response_code: z.int().nullable(),
    response_body: z.string().nullable(),
    error: z.string().nullable().meta({ description: 'The cause in words when the attempt failed' }),
    trigger: attemptTrigger,
    request_headers: z
      .record(z.string(), z.string())
      .nullable()
      .meta({
        description: 'What was sent with the body, signatures included; null for attempts of before this was kept',
        examples: [
          {
            'Content-Type': 'application/json',
            'X-Webhook-Signature': 'c1f7d0526d3a4b399d8a5c4a7be0a1f4c1f7d0526d3a4b399d8a5c4a7be0a1f4',
            'webhook-id': 'evt_NXhj67fGH2jk9mPq',
            'webhook-timestamp': '1894703470',
            'webhook-signature': 'v1,wf9FaW06SzmdilxKe+Ch9MH30FJtOks5nYpcSnvgofQ=',
          },
        ],
      }),
    response_headers: z
      .record(z.string(), z.string())
      .nullable()
      .meta({
        description:
          'What came with the answer, at most 2,000 characters, cookies withheld; null when none came, and for attempts of before this was kept',
        examples: [{ 'content-type': 'text/plain; charset=utf-8', server: 'nginx' }],
      }),
  })
  .meta({ id: 'WebhookAttempt' });

export const webhookLogDetail = z
  .object({
    ...logFields,
    event_id: z.string().meta({ description: 'The webhook-id header of every attempt' }),
    url: z.string(),
    payload: z.string().meta({ description: 'The exact body, as text' }),
    next_retry_at: time.nullable(),
    response_body: z.string().nullable(),
    attempt_log: z.array(webhookAttempt),
  })
  .meta({ id: 'WebhookLogDetail' });

export const webhookRetryScheduled = z
  .object({ id: uuid, status: z.literal('pending'), message: z.literal('Webhook retry scheduled') })
  .meta({ id: 'WebhookRetryScheduled' });

export const failedWebhooksRetried = z
  .object({ retried: z.int().meta({ description: 'At most 1,000 a call', examples: [12] }) })
  .meta({ id: 'FailedWebhooksRetried' });

export const webhookTestQueued = z
  .object({
    id: uuid,
    event_id: z.string(),
    status: z.literal('pending'),
    message: z.literal('Webhook test scheduled'),
  })
  .meta({ id: 'WebhookTestQueued' });

export const listWebhooksQuery = z.object({
  ...page,
  status: deliveryStatus.optional(),
  event: eventType.optional(),
});

export type ListWebhooks = z.output<typeof listWebhooksQuery>;
