import type { DeliveryAnswer } from '../webhooks/outgoing/send.ts';

/** What a sender says of a receiver that took the delivery. */
export const delivered: DeliveryAnswer = {
  outcome: 'delivered',
  responseCode: 200,
  responseHeaders: {},
  responseBody: '',
  error: null,
  durationMs: 1,
};

/** What it says of one that did not answer. */
export const notDelivered = (error: string): DeliveryAnswer => ({
  outcome: 'failed',
  responseCode: null,
  responseHeaders: null,
  responseBody: null,
  error,
  durationMs: 1,
});
