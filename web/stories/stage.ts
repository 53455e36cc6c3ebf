import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { type BrowserContextOptions, type Page, selectors } from 'playwright-core';
import { createCheckoutHost } from '../../localstack/web-host/create-checkout-host.ts';
import { createDashboardHost } from '../../localstack/web-host/create-dashboard-host.ts';
import { anyFreePort } from '../../localstack/ports/is-port-taken.ts';
import { startApi, type TestApi } from '../../shared/testing/start-api.ts';
import { startWorker, type TestWorker } from '../../shared/testing/start-worker.ts';
import { type TestGateway, useTestGateway } from '../../shared/testing/test-gateway.ts';
import { useChromium } from './browser.ts';
import { type MerchantSite, openMerchantSite } from './merchant-site.ts';
import { watchPage } from './watch-page.ts';

export interface Visit extends BrowserContextOptions {
  /** What may go wrong on this page, because the story makes it. */
  tolerates?: RegExp;
}

export interface Stage extends Pick<TestGateway, 'sql' | 'advanceClock'> {
  readonly apiOrigin: string;
  readonly checkoutOrigin: string;
  readonly dashboardOrigin: string;
  readonly merchant: MerchantSite;
  readonly worker: Pick<TestWorker, 'whileFrozen'>;
  /** Another site, which is nobody's. */
  readonly stranger: MerchantSite;
  /** A page of a shopper of its own, closed after the test, which fails if anything went wrong on the page. */
  newPage(visit?: Visit): Promise<Page>;
  /** Where an order is paid. */
  checkout(orderId: string, more?: Record<string, string>): string;
}

/** Long enough to see the processing screen, and short enough not to wait for it. */
const PROCESSING_DELAY_MS = '400';

/**
 * All that a payment in a browser needs: a gateway with the real API and worker, the hosts of the checkout and of the
 * dashboard, a merchant's site on another origin, and a browser. Use it at the top of an `inChromium` block.
 */
export function useStage(env: NodeJS.ProcessEnv = {}): Stage {
  const gateway = useTestGateway({ TEST_PROCESSING_DELAY: PROCESSING_DELAY_MS, ...env });
  const chromium = useChromium();
  const visits: { page: Page; problems: readonly string[]; tolerates: RegExp | undefined }[] = [];
  let up: {
    api: TestApi;
    worker: TestWorker;
    hosts: Server[];
    checkoutOrigin: string;
    dashboardOrigin: string;
  } & Sites;

  beforeAll(async () => {
    selectors.setTestIdAttribute('data-test-id');
    const ports = { checkout: await anyFreePort(), dashboard: await anyFreePort() };
    const checkoutOrigin = `http://localhost:${ports.checkout}`;
    const dashboardOrigin = `http://localhost:${ports.dashboard}`;
    const processes = { ...gateway.env, CHECKOUT_ORIGIN: checkoutOrigin, DASHBOARD_ORIGIN: dashboardOrigin };
    const [api, worker] = await Promise.all([startApi(processes), startWorker(processes)]);
    const root = join(import.meta.dirname, '..', '..');
    const folder = join(root, 'web', 'dist', 'dashboard');
    const hosts = [
      createCheckoutHost({ root, apiOrigin: api.url, isSandbox: true }).listen(ports.checkout, 'localhost'),
      createDashboardHost({ folder, apiOrigin: api.url, checkoutOrigin, isSandbox: true }).listen(
        ports.dashboard,
        'localhost',
      ),
    ];
    await Promise.all(hosts.filter((host) => !host.listening).map((host) => once(host, 'listening')));
    const [merchant, stranger] = [await openMerchantSite(), await openMerchantSite()];
    up = { api, worker, hosts, checkoutOrigin, dashboardOrigin, merchant, stranger };
  }, 60_000);

  afterEach(async () => {
    const seen = visits.splice(0);
    await Promise.all(seen.map(({ page }) => page.context().close()));
    const problems = seen.flatMap(({ problems, tolerates }) => problems.filter((what) => !tolerates?.test(what)));
    expect(problems).toEqual([]);
  });

  afterAll(async () => {
    for (const host of up.hosts) {
      host.close();
      host.closeAllConnections();
    }
    await Promise.all([up.api.stop(), up.worker.stop(), up.merchant.close(), up.stranger.close()]);
  });

  return {
    sql: gateway.sql,
    advanceClock: gateway.advanceClock,
    get apiOrigin() {
      return up.api.url;
    },
    get checkoutOrigin() {
      return up.checkoutOrigin;
    },
    get dashboardOrigin() {
      return up.dashboardOrigin;
    },
    get merchant() {
      return up.merchant;
    },
    get worker() {
      return up.worker;
    },
    get stranger() {
      return up.stranger;
    },
    newPage: async ({ tolerates, ...options } = {}) => {
      const context = await chromium.browser.newContext(options);
      context.setDefaultTimeout(8_000);
      const page = await context.newPage();
      visits.push({ page, problems: watchPage(page), tolerates });
      return page;
    },
    checkout: (orderId, more = {}) =>
      `${up.checkoutOrigin}/checkout?${new URLSearchParams({ order_id: orderId, ...more }).toString()}`,
  };
}

type Sites = { merchant: MerchantSite; stranger: MerchantSite };
