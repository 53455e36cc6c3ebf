import { expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import type { Request } from 'playwright-core';
import { anOrder } from '../../shared/testing/shop.ts';
import { until } from '../../shared/testing/until.ts';
import { inChromium } from './browser.ts';
import { CheckoutScreen } from './checkout-screen.ts';
import { useStage } from './stage.ts';

const mostScriptBytes = 30_000;
const mostPaintMs = 1_000;
const loads = 5;
/** A busy machine spoils a measurement now and then; a slow page is slow in every one. */
const measurements = 3;

/** Notes when Pay can first be pressed, in milliseconds since the navigation began. */
const notePay = `new MutationObserver((_, observer) => {
  if (!document.querySelector('[data-test-id=pay-button]')) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.payMs = performance.now(); }));
}).observe(document, { childList: true, subtree: true })`;

inChromium('the first load of the checkout', () => {
  const stage = useStage();

  const load = async () => {
    const page = await stage.newPage();
    const requests: Request[] = [];
    page.on('request', (request) => requests.push(request));
    await page.addInitScript(notePay);
    await page.goto(stage.checkout(await anOrder()));
    await until('Pay is there', () => page.evaluate('window.payMs > 0'));
    const payMs = await page.evaluate<number>('window.payMs');
    return { page, requests, payMs };
  };
  const kindsOf = (requests: Request[]) => requests.map((request) => request.resourceType());

  test('has little script, and asks for all of it in the page itself', async () => {
    const { page, requests } = await load();
    const scripts = requests.filter((request) => request.resourceType() === 'script');
    const sizes = await Promise.all(
      scripts.map(async (script) => gzipSync(await (await script.response())!.body()).length),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    process.stderr.write(`checkout first load: ${bytes} bytes of script, gzipped\n`);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(mostScriptBytes);

    const html = (await (await requests[0]!.response())!.text()).replaceAll(' crossorigin', '');
    const assets = requests.slice(1).filter((request) => request.url().startsWith(stage.checkoutOrigin));
    for (const asset of assets) expect(html).toContain(`"${new URL(asset.url()).pathname}"`);
    // The page, what it names, and one question to the gateway: nothing waits for anything else.
    // The icon, which the browser fetches when it is idle, is of the kind "other".
    expect(
      kindsOf(assets)
        .filter((kind) => kind !== 'other')
        .sort(),
    ).toEqual(['script', 'stylesheet']);
    const asked = requests.filter((request) => !request.url().startsWith(stage.checkoutOrigin));
    expect(asked.map((request) => request.url().replace(stage.apiOrigin, ''))).toEqual([
      expect.stringMatching(/^\/api\/v1\/orders\/order_\w{16}\/public$/),
    ]);
    expect(await new CheckoutScreen(page).get('order-amount').isVisible()).toBe(true);
  });

  test('can be used within a second', async () => {
    const medians: number[] = [];
    while (medians.length < measurements && !medians.some((ms) => ms < mostPaintMs)) {
      const timesMs: number[] = [];
      for (let n = 0; n < loads; n++) {
        const { page, payMs } = await load();
        timesMs.push(payMs);
        await page.context().close();
      }
      medians.push(timesMs.sort((a, b) => a - b)[Math.floor(loads / 2)]!);
    }
    process.stderr.write(`checkout first load: Pay after ${Math.round(Math.min(...medians))} ms\n`);
    expect(Math.min(...medians)).toBeLessThan(mostPaintMs);
  });

  test('does not move what is there', async () => {
    const { page } = await load();
    const shift = await page.evaluate<number>(`new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => resolve(sum), 200);
    })`);
    expect(shift).toBeLessThan(0.02);
  });
});
