import type { WorkType } from '../../../../shared/contracts/operations.ts';

/** What each kind of work is called, and where its object is shown. */
export const workWords: Readonly<Record<WorkType, { name: string; about: string; href: (id: string) => string }>> = {
  settle_payment: {
    name: 'Payments',
    about: 'Asks the bank how a payment went',
    href: (id) => `/dashboard/transactions/${id}`,
  },
  settle_refund: {
    name: 'Refunds',
    about: 'Sends money back',
    href: (id) => `/dashboard/transactions?q=${id}`,
  },
  deliver_webhook: {
    name: 'Webhooks',
    about: 'Tells your server what happened',
    href: (id) => `/dashboard/webhooks/${id}`,
  },
};
