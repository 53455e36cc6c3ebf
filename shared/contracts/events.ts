import { z } from 'zod';
import { createdPayment } from './payments.ts';
import type { EventType } from './webhooks.ts';

/** The events this version sends; the rest of the vocabulary comes with captures and refunds. */
type SentEvent = Extract<
  EventType,
  'payment.created' | 'payment.pending' | 'payment.success' | 'payment.failed' | 'webhook.test'
>;

const timestamp = z.int().meta({ description: 'Seconds since 1970, UTC', examples: [1894703472] });

const paymentEvent = (type: SentEvent, payment: z.ZodType = createdPayment) =>
  z.object({ event: z.literal(type), timestamp, data: z.object({ payment }) });

const failedPayment = createdPayment
  .extend({ error_code: z.string().meta({ examples: ['PAYMENT_FAILED'] }), error_description: z.string() })
  .meta({ id: 'FailedPayment' });

/** The body of each event, as it is sent. */
export const eventBodies: Readonly<Record<SentEvent, z.ZodType>> = {
  'payment.created': paymentEvent('payment.created'),
  'payment.pending': paymentEvent('payment.pending'),
  'payment.success': paymentEvent('payment.success'),
  'payment.failed': paymentEvent('payment.failed', failedPayment),
  'webhook.test': z.object({
    event: z.literal('webhook.test'),
    timestamp,
    data: z.object({ merchant: z.object({ id: z.string(), name: z.string() }) }),
  }),
};
