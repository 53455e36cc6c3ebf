import { z } from 'zod';
import { createdPayment } from './payments.ts';
import { refundInEvent } from './refunds.ts';
import type { EventType } from './webhooks.ts';

const timestamp = z.int().meta({ description: 'Seconds since 1970, UTC', examples: [1894703472] });

const paymentEvent = (type: EventType, payment: z.ZodType = createdPayment) =>
  z.object({ event: z.literal(type), timestamp, data: z.object({ payment }) });

const refundEvent = (type: EventType) =>
  z.object({ event: z.literal(type), timestamp, data: z.object({ refund: refundInEvent, payment: createdPayment }) });

const failedPayment = createdPayment
  .extend({ error_code: z.string().meta({ examples: ['PAYMENT_FAILED'] }), error_description: z.string() })
  .meta({ id: 'FailedPayment' });

/** The body of each event, as it is sent. */
export const eventBodies: Readonly<Record<EventType, z.ZodType>> = {
  'payment.created': paymentEvent('payment.created'),
  'payment.pending': paymentEvent('payment.pending'),
  'payment.success': paymentEvent('payment.success'),
  'payment.failed': paymentEvent('payment.failed', failedPayment),
  'payment.captured': paymentEvent('payment.captured'),
  'refund.created': refundEvent('refund.created'),
  'refund.processed': refundEvent('refund.processed'),
  'refund.failed': refundEvent('refund.failed'),
  'webhook.test': z.object({
    event: z.literal('webhook.test'),
    timestamp,
    data: z.object({ merchant: z.object({ id: z.string(), name: z.string() }) }),
  }),
};
