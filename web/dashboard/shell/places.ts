import type { IconName } from '../../ui/Icon.svelte';

export type Place = { path: string; name: string; icon: IconName };

/** Where the menu leads, in its order; on a phone the first four stand in the bar and the rest behind "More". */
export const places: readonly Place[] = [
  { path: '/dashboard', name: 'Home', icon: 'home' },
  { path: '/dashboard/transactions', name: 'Transactions', icon: 'payments' },
  { path: '/dashboard/refunds', name: 'Refunds', icon: 'refunds' },
  { path: '/dashboard/webhooks', name: 'Webhooks', icon: 'webhooks' },
  { path: '/dashboard/orders', name: 'Orders', icon: 'orders' },
  { path: '/dashboard/queues', name: 'Queues', icon: 'queues' },
  { path: '/dashboard/docs', name: 'Docs', icon: 'docs' },
];

/** Home is the beginning of every path, and only itself; a page of one thing belongs to the list of all. */
export const isWithin = (place: string, path: string): boolean =>
  path === place || (place !== '/dashboard' && path.startsWith(`${place}/`));
