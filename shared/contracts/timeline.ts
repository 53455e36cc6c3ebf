import { z } from 'zod';
import { eventId, refundId, uuid } from './ids.ts';
import { deliveryStatus, eventType } from './webhooks.ts';

const time = z.iso.datetime().meta({ description: 'UTC', examples: ['2030-01-15T10:31:10.000Z'] });

const delivery = z
  .object({
    id: uuid,
    status: deliveryStatus,
    attempts: z.int(),
    response_code: z.int().nullable(),
    last_attempt_at: time.nullable(),
  })
  .meta({ id: 'TimelineDelivery' });

const entry = z
  .object({
    event_id: eventId,
    type: eventType,
    at: time,
    sequence: z.int().meta({ description: 'Its place in the story of the payment, from 1' }),
    refund_id: refundId.nullable().meta({ description: 'Of an event of a refund' }),
    description: z
      .string()
      .meta({ description: 'For a person', examples: ['Refund of ₹200.00 asked for: Item returned'] }),
    deliveries: z.array(delivery).meta({ description: 'Where it was sent; empty when you had no webhook URL' }),
  })
  .meta({ id: 'TimelineEntry' });

/** A payment refunded in more steps than this shows its first ones: an answer has to end somewhere. */
export const timelineLimit = 1_000;

export const timeline = z
  .object({ data: z.array(entry).meta({ description: `Oldest first, at most ${timelineLimit}` }) })
  .meta({ id: 'Timeline' });
