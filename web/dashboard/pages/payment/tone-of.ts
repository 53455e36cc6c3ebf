import type { EventType } from '../../../../shared/contracts/webhooks.ts';

type Tone = 'good' | 'bad' | 'calm';

const tones: Record<EventType, Tone> = {
  'payment.created': 'calm',
  'payment.pending': 'calm',
  'payment.success': 'good',
  'payment.failed': 'bad',
  'payment.captured': 'good',
  'refund.created': 'calm',
  'refund.processed': 'good',
  'refund.failed': 'bad',
  'webhook.test': 'calm',
};

export const toneOf = (type: EventType): Tone => tones[type];
