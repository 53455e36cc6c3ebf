import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { handler as updateMe } from '../../../functions/http/merchants/update-me.ts';
import { knock } from '../../../shared/testing/knock.ts';
import { startApi, type TestApi } from '../../../shared/testing/start-api.ts';
import { startWorker, type TestWorker } from '../../../shared/testing/start-worker.ts';
import { useTestGateway } from '../../../shared/testing/test-gateway.ts';
import { inChromium, useChromium } from '../../../web/stories/browser.ts';
import { createCheckoutHost } from '../../web-host/create-checkout-host.ts';
import { barriers } from './barriers.ts';
import { startTestMerchant, type RunningTestMerchant } from '../start-test-merchant.ts';

const secret = 'whsec_test_abc123';

inChromium('a shopper in the demo shop', () => {
  const { env, sql } = useTestGateway({ TEST_PROCESSING_DELAY: '300' });
  const chromium = useChromium();
  let api: TestApi;
  let worker: TestWorker;
  let webHost: Server;
  let shop: RunningTestMerchant;
  let keys: { checkoutOrigin: string; apiKey: string; apiSecret: string };
  let context: BrowserContext;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    webHost = createCheckoutHost({ root, apiOrigin: api.url, isSandbox: true }).listen(0, '127.0.0.1');
    await once(webHost, 'listening');
    const checkoutOrigin = `http://127.0.0.1:${(webHost.address() as AddressInfo).port}`;
    keys = { checkoutOrigin, apiKey: 'key_test_abc123', apiSecret: 'secret_test_xyz789' };
    shop = await startTestMerchant({ port: 0, secret, apiUrl: api.url, shop: keys });
  });
  afterAll(async () => {
    webHost.closeAllConnections();
    webHost.close();
    await Promise.all([shop.close(), worker.stop(), api.stop()]);
  });

  beforeEach(async () => {
    await webhooksTo('/webhook');
    context = await chromium.browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterEach(() => context.close());

  const webhooksTo = (path: string) => knock(updateMe, { method: 'PUT', body: { webhook_url: `${shop.url}${path}` } });
  const at = (id: string) => page.locator(`[data-test-id="${id}"]`);
  const frame = () => page.frameLocator('[data-test-id="payment-iframe"]');
  const payBy = async (vpa: string) => {
    await frame().locator('[data-test-id="method-upi"]').click();
    await frame().locator('[data-test-id="vpa-input"]').fill(vpa);
    await frame().locator('[data-test-id="upi-form"] [data-test-id="pay-button"]').click();
  };
  const openWindow = async () => {
    await at('shop-buy-button').click();
    await frame().locator('[data-test-id="order-amount"]').waitFor();
  };
  const notice = () => page.locator('#notice').innerText();
  const orderCount = async () => (await sql<{ count: number }>('select count(*) from orders'))[0]!.count;

  test('buys two, and the order is confirmed by its webhook; no byte the browser got has a secret', async () => {
    const received: Promise<string>[] = [];
    page.on('response', (answer) => void received.push(answer.text().catch(() => '')));
    await page.goto(`${shop.url}/shop`);
    await page.locator('.quantity label', { hasText: '2' }).click();
    expect(await at('shop-buy-button').innerText()).toBe('Buy now – ₹998.00');
    await openWindow();
    expect(await frame().locator('[data-test-id="order-amount"]').innerText()).toBe('₹998.00');
    await payBy('success@test');

    await page.locator('[data-test-id="shop-order-status"][data-status="confirmed"]').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Your order is confirmed');
    expect(await page.locator(':focus').getAttribute('id')).toBe('order-heading');
    const [paid] = await sql("select p.id, p.order_id from payments p where status = 'success'");
    expect(paid).toEqual({
      id: await at('shop-payment-id').innerText(),
      order_id: await at('shop-order-id').innerText(),
    });
    expect(await page.locator('#order-amount').innerText()).toBe('₹998.00');
    await at('shop-webhook').nth(2).waitFor();
    const webhooks = (await at('shop-webhook').allInnerTexts()).map((text) => text.replace(/\s+\S+:\S+\s+/, ' '));
    expect(webhooks.sort()).toEqual([
      'payment.created Verified',
      'payment.pending Verified',
      'payment.success Verified',
    ]);

    await page.reload();
    await page.getByRole('heading', { name: 'Your order is confirmed' }).waitFor();
    const bodies = await Promise.all(received);
    expect(bodies.length).toBeGreaterThan(15);
    expect(bodies.filter((body) => /secret_test_xyz789|whsec_test_abc123/.test(body))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('is thanked but waits while no webhook has been accepted', async () => {
    await webhooksTo('/webhook/fail');
    await page.goto(`${shop.url}/shop`);
    await openWindow();
    await payBy('success@test');
    await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
    await at('shop-webhook').nth(2).waitFor();
    expect(await at('shop-order-status').innerText()).toBe('Waiting for the signed webhook');
    // What the page believes is nobody's proof: the shop's own server has not confirmed it either.
    const orderId = await at('shop-order-id').innerText();
    const known = await (await fetch(`${shop.url}/shop/orders?order_id=${orderId}`)).json();
    expect(known).toMatchObject({ status: 'awaiting_payment' });
  });

  test('who clicks twice, leaves and comes back has one order', async () => {
    const before = await orderCount();
    await page.goto(`${shop.url}/shop`);
    await at('shop-buy-button').dblclick();
    await frame().locator('[data-test-id="order-amount"]').waitFor();
    expect(await at('payment-modal').count()).toBe(1);
    await at('close-modal-button').click();
    expect(await notice()).toMatch(/^You left before the payment was done\./);
    await openWindow();
    await page.keyboard.press('Escape');
    await at('payment-modal').waitFor({ state: 'detached' });
    expect(await page.locator(':focus').getAttribute('id')).toBe('buy');
    expect(await orderCount()).toBe(before + 1);
  });

  test('who left and has paid after all sees it happen', async () => {
    await page.goto(`${shop.url}/shop`);
    await openWindow();
    const orderId = (await frame().locator('[data-test-id="order-id"]').innerText()).trim();
    await at('close-modal-button').click();
    const body = JSON.stringify({ order_id: orderId, method: 'upi', vpa: 'success@test' });
    const headers = { 'Content-Type': 'application/json' };
    expect((await fetch(`${api.url}/api/v1/payments/public`, { method: 'POST', headers, body })).status).toBe(201);
    await page.getByRole('heading', { name: 'Your order is confirmed' }).waitFor();
    await page.getByRole('button', { name: 'Buy another' }).click();
    await openWindow();
    expect((await frame().locator('[data-test-id="order-id"]').innerText()).trim()).not.toBe(orderId);
  });

  test('whose payment fails reads why, sees its webhooks, and can try again', async () => {
    await page.goto(`${shop.url}/shop`);
    await openWindow();
    await payBy('insufficient@test');
    await frame().locator('[data-test-id="error-state"]').waitFor();
    await at('close-modal-button').click();
    await page.locator('#notice', { hasText: 'The payment did not go through.' }).waitFor();
    await at('shop-webhook').filter({ hasText: 'payment.failed' }).waitFor();
    await openWindow();
    expect(await page.locator('#notice').textContent()).toBe('');
  });

  test('is told in words when the gateway or the payment window is away, and a developer why', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const nowhere = 'http://127.0.0.1:9';
    const away = [
      { apiUrl: nowhere, shop: keys, words: 'We cannot take payments right now', why: 'Is the gateway running?' },
      {
        ...{ apiUrl: api.url, shop: { ...keys, checkoutOrigin: nowhere } },
        ...{ words: 'The payment window could not be loaded', why: 'Is the checkout running there?' },
      },
    ];
    for (const { apiUrl, shop: settings, words, why } of away) {
      const other = await startTestMerchant({ port: 0, secret, apiUrl, shop: settings });
      await page.goto(`${other.url}/shop`, { waitUntil: 'domcontentloaded' });
      await at('shop-buy-button').click();
      await page.locator('#notice', { hasText: words }).waitFor();
      expect(await page.locator('#notice pre').textContent()).toContain(why);
      await other.close();
    }
  });

  test.each(['light', 'dark'] as const)('finds nothing in the way: %s, 320 px, axe', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${shop.url}/shop`);
    expect(await barriers(page)).toEqual([]);
    await openWindow();
    await payBy('success@test');
    await page.locator('[data-test-id="shop-order-status"][data-status="confirmed"]').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
