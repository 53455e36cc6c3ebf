import type { Component } from 'svelte';
import { matchPath } from './router/match-path.ts';

type Load = () => Promise<{ default: Component }>;
export type Page = readonly [pattern: string, title: string, load: Load];

/** Every page by its address. What a page needs is loaded when somebody goes there. */
export const pages: readonly Page[] = [
  ['/login', 'Sign in', () => import('./pages/login/LoginPage.svelte')],
  ['/dashboard', 'Home', () => import('./pages/home/HomePage.svelte')],
  ['/dashboard/transactions', 'Transactions', () => import('./pages/transactions/TransactionsPage.svelte')],
  ['/dashboard/transactions/{id}', 'Payment', () => import('./pages/payment/PaymentPage.svelte')],
  ['/dashboard/orders', 'Orders', () => import('./pages/orders/OrdersPage.svelte')],
  ['/dashboard/refunds', 'Refunds', () => import('./pages/refunds/RefundsPage.svelte')],
  ['/dashboard/webhooks', 'Webhooks', () => import('./pages/webhooks/WebhooksPage.svelte')],
  ['/dashboard/webhooks/{id}', 'Webhook delivery', () => import('./pages/webhooks/DeliveryPage.svelte')],
  ['/dashboard/queues', 'Queues', () => import('./pages/queues/QueuesPage.svelte')],
  ['/dashboard/docs', 'Docs', () => import('./pages/docs/DocsPage.svelte')],
];

const nowhere: Page = ['', 'Not found', () => import('./pages/NowherePage.svelte')];

/** Short addresses for people who type them. */
const redirects: Readonly<Record<string, string>> = {
  '/': '/dashboard',
  '/docs': '/dashboard/docs',
  '/webhooks': '/dashboard/webhooks',
};

export const redirected = (path: string): string => redirects[path] ?? path;

export type FoundPage = { page: Page; params: Readonly<Record<string, string>> };

export function pageAt(path: string): FoundPage {
  for (const page of pages) {
    const params = matchPath(page[0], path);
    if (params) return { page, params };
  }
  return { page: nowhere, params: {} };
}

export const isPage = (path: string): boolean => pageAt(redirected(path)).page !== nowhere;
