import type { z } from 'zod';
import type { merchantProfile } from '../../../../shared/contracts/merchants.ts';
import type { EventType, webhookAttempt, webhookLog, webhookLogDetail } from '../../../../shared/contracts/webhooks.ts';

export type Merchant = z.infer<typeof merchantProfile>;
export type Delivery = z.infer<typeof webhookLog>;
export type DeliveryDetail = z.infer<typeof webhookLogDetail>;
export type Attempt = z.infer<typeof webhookAttempt>;

/** What happened, for each event. */
export const eventWords: Readonly<Record<EventType, string>> = {
  'payment.created': 'A payment was made, and is not decided yet',
  'payment.pending': 'The payment went to the bank',
  'payment.success': 'The payment succeeded',
  'payment.failed': 'The payment failed; nothing was charged',
  'payment.captured': 'You captured the payment',
  'refund.created': 'A refund was asked for',
  'refund.processed': 'The money went back',
  'refund.failed': 'The refund failed; its amount is available again',
  'webhook.test': 'You pressed “Send Test Webhook”',
};
