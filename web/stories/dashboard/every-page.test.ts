import { describe, expect, test } from '@jest/globals';
import { aPaidPayment, aPayment, anOrder, aRefund } from '../../../shared/testing/shop.ts';
import { inChromium } from '../browser.ts';
import { findingsIn } from '../findings-in.ts';
import { useStage } from '../stage.ts';
import { openDashboard } from './dashboard-page.ts';

/** Which pages there are, and what is there once they have loaded. */
const pages = [
  ['/dashboard', '[data-test-id=total-amount]'],
  ['/dashboard/transactions', '[data-test-id=transaction-row]'],
  ['/dashboard/transactions?q=nothing', '[data-test-id=nothing-found]'],
  ['/dashboard/transactions/{paid}', '[data-test-id=timeline-entry]'],
  ['/dashboard/transactions/{failed}', '[data-test-id=failure]'],
  ['/dashboard/orders', '[data-test-id=order-row]'],
  ['/dashboard/orders?new=1', '[data-test-id=new-order-dialog]'],
  ['/dashboard/orders?order={order}', '[data-test-id=payment-link]'],
] as const;

inChromium('every page of the dashboard', () => {
  const stage = useStage();

  const idsByName = async () => ({
    paid: await aPaidPayment(),
    failed: await aPayment({ vpa: 'failure@test' }),
    order: await anOrder(),
  });
  let ids: Awaited<ReturnType<typeof idsByName>> | undefined;

  const looks = [
    { look: 'wide and light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
    { look: 'wide and dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
    { look: 'narrow and light', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  ] as const;

  describe.each(looks)('$look', ({ colorScheme, viewport }) => {
    test('has nothing that axe-core finds, and nothing to the side', async () => {
      ids ??= await idsByName();
      const { paid, failed, order } = ids;
      const page = await openDashboard(stage, '/dashboard', { colorScheme, viewport });
      const found: Record<string, unknown> = {};
      for (const [path, there] of pages) {
        const address = path.replace('{paid}', paid).replace('{failed}', failed).replace('{order}', order);
        await page.goto(stage.dashboardOrigin + address);
        await page.locator(there).first().waitFor();
        const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        const findings = await findingsIn(page);
        if (findings.length > 0 || sideways > 0) found[path] = { findings, sideways };
      }
      expect(found).toEqual({});
      // axe-core computes a great deal, and a busy machine takes its time over it.
    }, 90_000);
  });

  test('no list has to be pushed sideways, however wide the window is', async () => {
    await stage.sql("update merchants set webhook_url = 'http://127.0.0.1:9/'");
    await aRefund(await aPaidPayment({ amount: 12_345_678, vpa: 'a-rather-long-name.indeed@okhdfcbank' }), 1_000);
    await stage.sql('update merchants set webhook_url = null');
    const page = await openDashboard(stage, '/dashboard');
    const sideways: string[] = [];
    for (const path of ['transactions', 'orders', 'refunds', 'webhooks']) {
      await page.goto(`${stage.dashboardOrigin}/dashboard/${path}`);
      await page.locator('.data-table tbody tr').first().waitFor();
      // Each width at which something gives way, and the one before.
      for (const width of [360, 699, 700, 879, 880, 999, 1000, 1099, 1100, 1279, 1280, 1439, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const over = await page.evaluate(async () => {
          // The page hears of its new width with the next frame, and is drawn anew by the one after.
          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
          const { scrollWidth, clientWidth } = document.querySelector('.data-table')!;
          return scrollWidth - clientWidth;
        });
        if (over > 0) sideways.push(`${path} at ${width}: by ${over}`);
      }
    }
    expect(sideways).toEqual([]);
  });

  test('the login, too', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await stage.newPage({ colorScheme, viewport: { width: 360, height: 740 } });
      await page.goto(`${stage.dashboardOrigin}/login`);
      await page.getByTestId('fill-test-account').waitFor();
      await page.getByTestId('login-button').click();
      expect(await findingsIn(page)).toEqual([]);
    }
  });

  test('on a phone the menu is at the bottom, and the rest of it behind "More"', async () => {
    const viewport = { width: 360, height: 740 };
    const page = await openDashboard(stage, '/dashboard', { viewport, colorScheme: 'dark' });
    await page.getByRole('button', { name: 'More' }).click();
    expect(await findingsIn(page)).toEqual([]);
    await page.getByRole('dialog', { name: 'More' }).getByRole('link', { name: 'Orders' }).click();
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('the first Tab leads past the menu', async () => {
    const page = await openDashboard(stage, '/dashboard');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
  });

  test('nothing moves once it is there', async () => {
    const page = await openDashboard(stage, '/dashboard');
    const shifts: Record<string, number> = {};
    for (const path of ['/dashboard', '/dashboard/transactions', `/dashboard/transactions/${ids?.paid ?? ''}`]) {
      await page.goto(stage.dashboardOrigin + path);
      shifts[path] = await page.evaluate<number>(`new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 1200);
      })`);
    }
    expect(Object.entries(shifts).filter(([, shift]) => shift > 0.05)).toEqual([]);
  });
});
