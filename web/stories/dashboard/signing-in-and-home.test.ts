import { describe, expect, test } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { testMerchant } from '../../../shared/merchants/test-merchant.ts';
import { aPaidPayment, aPayment } from '../../../shared/testing/shop.ts';
import { until } from '../../../shared/testing/until.ts';
import { inChromium } from '../browser.ts';
import { useStage } from '../stage.ts';
import { openDashboard, placeOf, textsOf } from './dashboard-page.ts';

const secret = 'secret_test_xyz789';

inChromium('the dashboard, from its door', () => {
  const stage = useStage();

  describe('first run', () => {
    test('says what to do next, with a command that carries the own key, and notices that it was done', async () => {
      const page = await openDashboard(stage, '/dashboard');
      const steps = page.getByTestId('first-steps');
      expect(await steps.locator('[data-done=true]').count()).toBe(0);
      const command = await page.getByTestId('first-order-code').innerText();
      expect(command).toContain(`-H 'X-Api-Key: ${testMerchant.api_key}'`);
      expect(command).toContain(`curl ${stage.apiOrigin}/api/v1/orders`);
      expect(command).not.toContain(secret);
      expect(await textsOf(page, 'total-transactions')).toEqual(['0']);
      expect(await textsOf(page, 'total-amount')).toEqual(['₹0.00']);
      expect(await textsOf(page, 'success-rate')).toEqual(['0%']);

      await aPaidPayment({ amount: 1_23_456_78 });
      await steps.locator('[data-step=pay][data-done=true]').waitFor();
      await until('the tiles follow', async () => (await textsOf(page, 'total-amount'))[0] === '₹1,23,456.78');
      expect(await textsOf(page, 'total-transactions')).toEqual(['1']);
      expect(await textsOf(page, 'success-rate')).toEqual(['100%']);
    });
  });

  describe('signing in', () => {
    test('a signed-out visitor lands at the login, and goes on to where they wanted', async () => {
      const page = await stage.newPage({ tolerates: /status of 401/ });
      await page.goto(`${stage.dashboardOrigin}/dashboard/transactions?status=failed`);
      await page.getByTestId('login-form').waitFor();
      expect(placeOf(page)).toBe('/login?next=%2Fdashboard%2Ftransactions%3Fstatus%3Dfailed');

      await page.getByTestId('login-button').click();
      expect(await page.locator('#email-complaint').innerText()).toBe('Enter your email address.');
      await page.getByTestId('email-input').fill('nobody@example.com');
      await page.getByTestId('password-input').fill('wrong');
      await page.keyboard.press('Enter');
      await until('it is refused', async () => (await textsOf(page, 'login-error'))[0] === 'Invalid email or password');
      expect(await page.getByTestId('email-input').inputValue()).toBe('nobody@example.com');

      await page.getByTestId('fill-test-account').click();
      await page.getByTestId('login-button').click();
      await page.getByTestId('filter-status').waitFor();
      expect(placeOf(page)).toBe('/dashboard/transactions?status=failed');
      expect(await textsOf(page, 'merchant-name')).toEqual([testMerchant.name]);
      expect(await textsOf(page, 'mode')).toEqual(['Test mode']);
    });

    test('a first visit is no error, and the cookie is for no script', async () => {
      const page = await stage.newPage();
      await page.goto(stage.dashboardOrigin);
      await page.getByTestId('email-input').fill(testMerchant.email);
      await page.getByTestId('password-input').fill('any');
      await page.getByTestId('login-button').click();
      await page.getByTestId('dashboard').waitFor();
      expect(placeOf(page)).toBe('/dashboard');
      expect(await page.evaluate('document.cookie')).toBe('');
    });

    test('signing out ends the session, and so does its end elsewhere', async () => {
      const page = await openDashboard(stage, '/dashboard');
      await page.getByTestId('sign-out').first().click();
      await page.getByText('You are signed out.').waitFor();
      expect(placeOf(page)).toBe('/login?signed_out=1');
      await page.goto(`${stage.dashboardOrigin}/dashboard/orders`);
      await page.getByTestId('login-form').waitFor();

      const other = await openDashboard(stage, '/dashboard/orders', { tolerates: /status of 401/ });
      await stage.sql('delete from dashboard_sessions');
      await other.getByText('Your session has ended').waitFor();
      expect(placeOf(other)).toBe('/login?next=%2Fdashboard%2Forders&ended=1');
    });

    test('a page asks nothing while its reader is being signed out', async () => {
      const page = await openDashboard(stage, '/dashboard/orders');
      const asked: string[] = [];
      await page.route('**/auth/logout', async (route) => {
        const response = await route.fetch();
        page.on('request', (request) => asked.push(new URL(request.url()).pathname));
        // The session is gone, and the page does not know yet: longer than it is from one question to the next.
        await setTimeout(4_000);
        await route.fulfill({ response });
      });
      await page.getByTestId('sign-out').first().click();
      await page.getByText('You are signed out.').waitFor();
      expect(asked).not.toContain('/api/v1/orders');
    });

    test('going back after signing out leads to the login, not into an empty page', async () => {
      const page = await openDashboard(stage, '/dashboard');
      await page.getByRole('link', { name: 'Orders' }).first().click();
      await page.locator('main h1').filter({ hasText: 'Orders' }).waitFor();
      await page.getByTestId('sign-out').first().click();
      await page.getByText('You are signed out.').waitFor();
      await page.goBack();
      // The login stands here already; what is asked is whether it is the one that goes on to the page.
      await page.waitForURL((url) => url.pathname === '/login' && url.search !== '?signed_out=1');
      await page.getByTestId('login-form').waitFor();
      expect(placeOf(page)).toBe('/login?next=%2Fdashboard');
    });

    test('a sign-out that nobody answered leaves the page alive', async () => {
      const page = await openDashboard(stage, '/dashboard/orders', { tolerates: /ERR_CONNECTION_REFUSED/ });
      await page.route('**/auth/logout', (route) => route.abort('connectionrefused'));
      await page.getByTestId('sign-out').first().click();
      await page.getByRole('button', { name: /^Not signed out/ }).waitFor();
      await page.waitForResponse('**/api/v1/orders?*');
      await page.unrouteAll();
      await page.getByTestId('sign-out').first().click();
      await page.getByText('You are signed out.').waitFor();
    });

    test('short addresses lead to the pages, and unknown ones say so', async () => {
      const page = await openDashboard(stage, '/');
      const arrived: string[] = [];
      for (const path of ['/', '/docs', '/webhooks', '/dashboard/', '/dashboard/nowhere']) {
        await page.goto(stage.dashboardOrigin + path);
        await page.locator('main h1').waitFor();
        arrived.push(`${placeOf(page)} ${await page.locator('main h1').innerText()}`);
      }
      expect(arrived.map((one) => one.split(' ')[0])).toEqual([
        '/dashboard',
        '/dashboard/docs',
        '/dashboard/webhooks',
        '/dashboard/',
        '/dashboard/nowhere',
      ]);
      expect(arrived.at(-1)).toContain('Nothing is here');
    });
  });

  describe('home', () => {
    test('the secret is in the page only while it is revealed', async () => {
      const page = await openDashboard(stage, '/dashboard');
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await until('the key is there', async () => (await textsOf(page, 'api-key'))[0] === testMerchant.api_key);
      expect(await page.content()).not.toContain(secret);
      expect(asked.filter((path) => path.includes('secret'))).toEqual([]);
      await page.getByTestId('reveal-secret').click();
      await until('it is shown', async () => (await textsOf(page, 'api-secret'))[0] === secret);
      await page.getByTestId('reveal-secret').click();
      await until('it is gone', async () => !(await page.content()).includes(secret));
    });

    test('the chart has a range in the address, and a table in its place', async () => {
      const page = await openDashboard(stage, '/dashboard?range=30d');
      await page.getByTestId('chart-as-table').click();
      await until(
        'thirty days',
        async () => (await page.getByTestId('chart-table').locator('tbody tr').count()) === 30,
      );
      await page.getByTestId('range-24h').click();
      await until('a day', async () => (await page.getByTestId('chart-table').locator('tbody tr').count()) === 24);
      expect(placeOf(page)).toBe('/dashboard?range=24h');
      expect(await page.getByTestId('chart-summary').innerText()).toMatch(
        /^₹1,23,456\.78 from 1 payment in the last 24 hours, 100% successful\. Most on /,
      );
    });

    test('what needs attention leads to where it is', async () => {
      const page = await openDashboard(stage, '/dashboard');
      const item = page.getByTestId('needs-attention').locator('[data-kind=no_webhook_url]');
      await item.getByRole('link').click();
      await page.locator('main h1').filter({ hasText: 'Webhooks' }).waitFor();
      expect(placeOf(page)).toBe('/dashboard/webhooks');
    });

    test('the theme is remembered, and there before the first paint', async () => {
      const page = await openDashboard(stage, '/dashboard', { colorScheme: 'light', tolerates: /ERR_FAILED/ });
      const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      const light = await background();
      const toggle = page.getByTestId('theme-switch').first();
      await toggle.click();
      await toggle.click();
      expect(await background()).not.toBe(light);
      // Without the page's own script there is only what stands before the first paint.
      await page.route('**/assets/*.js', (route) => route.abort());
      await page.goto(`${stage.dashboardOrigin}/dashboard`, { waitUntil: 'commit' });
      await until('it is dark', async () => (await page.evaluate('document.documentElement.dataset.theme')) === 'dark');
    });

    test('a gateway that falls silent is noticed, and what it said before stays', async () => {
      const page = await openDashboard(stage, '/dashboard', { tolerates: /ERR_CONNECTION_REFUSED/ });
      await page.getByTestId('total-amount').waitFor();
      await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
      await page.getByTestId('lost-contact').waitFor();
      expect(await textsOf(page, 'total-amount')).toEqual(['₹1,23,456.78']);
      await page.unrouteAll();
      await page.getByTestId('lost-contact').waitFor({ state: 'detached', timeout: 20_000 });
    });

    test('search finds a payment from anywhere, by the keyboard alone', async () => {
      const id = await aPayment({ vpa: 'meera@okbank' });
      const page = await openDashboard(stage, '/dashboard');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('meera@okbank');
      await page.getByTestId('search-dialog').getByText(id).waitFor();
      await page.keyboard.press('Enter');
      await page.getByTestId('payment-amount').waitFor();
      expect(placeOf(page)).toBe(`/dashboard/transactions/${id}`);
    });
  });
});
