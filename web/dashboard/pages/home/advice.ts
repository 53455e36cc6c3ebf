import type { AttentionKind } from '../../../../shared/contracts/stats.ts';

type Advice = { says: string; action: string; href: string; isQuiet?: boolean };

const some = (count: number, one: string, more: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en-IN')} ${more}`;

/** What is the matter in a sentence, and the one thing to do about it. */
const advice: Record<AttentionKind, (count: number) => Advice> = {
  no_worker: () => ({
    says: 'No worker is running: payments stay pending and webhooks are not sent.',
    action: 'See the queues',
    href: '/dashboard/queues',
  }),
  payments_overdue: (count) => ({
    says: `${some(count, 'payment has', 'payments have')} been pending for longer than it should take.`,
    action: 'See pending',
    href: '/dashboard/transactions?status=pending',
  }),
  refunds_overdue: (count) => ({
    says: `${some(count, 'refund has', 'refunds have')} been pending for longer than it should take.`,
    action: 'See pending',
    href: '/dashboard/refunds?status=pending',
  }),
  refunds_failed: (count) => ({
    says: `The bank refused ${some(count, 'refund', 'refunds')}. The money is available for refunds again.`,
    action: 'See failed',
    href: '/dashboard/refunds?status=failed',
  }),
  webhooks_failed: (count) => ({
    says: `${some(count, 'webhook was', 'webhooks were')} given up after the last attempt failed.`,
    action: 'See failed',
    href: '/dashboard/webhooks?status=failed',
  }),
  no_webhook_url: () => ({
    says: 'No webhook URL is set: your server does not hear when a payment succeeds.',
    action: 'Set a URL',
    href: '/dashboard/webhooks',
    isQuiet: true,
  }),
};

export const adviceFor = (kind: AttentionKind, count: number): Advice => advice[kind](count);
