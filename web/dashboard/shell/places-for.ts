import type { IconName } from '../../ui/Icon.svelte';
import { places } from './places.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where what was typed may lead besides payments: pages by name, and the page or list of what an id names. */
export function placesFor(q: string): { path: string; name: string; icon: IconName }[] {
  const word = q.toLowerCase();
  const named = places.filter(({ name }) => name.toLowerCase().includes(word));
  if (uuid.test(q)) return [{ path: `/dashboard/webhooks/${word}`, name: 'Webhook delivery', icon: 'webhooks' }];
  if (word.length < 3) return named;
  const all = { path: `/dashboard/transactions?${new URLSearchParams({ q }).toString()}`, icon: 'payments' as const };
  const orders = { path: `/dashboard/orders?${new URLSearchParams({ q }).toString()}`, icon: 'orders' as const };
  return [...named, { ...all, name: `Transactions with “${q}”` }, { ...orders, name: `Orders with “${q}”` }];
}
