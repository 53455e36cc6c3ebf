import { describe, expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { aPaidPayment, aPayment, aRefund } from '../../../shared/testing/shop.ts';
import { until } from '../../../shared/testing/until.ts';
import { inChromium } from '../browser.ts';
import { CheckoutScreen } from '../checkout-screen.ts';
import { useStage } from '../stage.ts';
import { openDashboard, placeOf, textsOf } from './dashboard-page.ts';

inChromium('payments in the dashboard', () => {
  const stage = useStage({ REFUND_PROCESSING_DELAY: '600' });

  const firstText = async (page: Page, testId: string) => (await textsOf(page, testId))[0];

  describe('orders', () => {
    test('an order made here is paid by its link, to the paisa', async () => {
      const page = await openDashboard(stage, '/dashboard/orders');
      await page.getByTestId('new-order').click();
      await page.getByTestId('order-amount-input').fill('1,019.99');
      await page.getByTestId('order-receipt-input').fill('counter 7');
      await page.getByTestId('note-name').fill('table');
      await page.getByTestId('note-value').fill('4');
      const create = page.getByTestId('confirm-button');
      expect(await create.innerText()).toBe('Create order of ₹1,019.99');
      await create.dblclick();
      const link = await page.getByTestId('payment-link').innerText();
      const orders = await stage.sql<{ id: string; amount: number; receipt: string; notes: object }>(
        'select id, amount, receipt, notes from orders',
      );
      expect(orders).toEqual([{ id: expect.anything(), amount: 101_999, receipt: 'counter 7', notes: { table: '4' } }]);
      expect(link).toBe(stage.checkout(orders[0]!.id));
      expect(await page.getByTestId('order-sdk-snippet').innerText()).toContain(`orderId: '${orders[0]!.id}'`);

      const shopper = await stage.newPage();
      await shopper.goto(link);
      const checkout = new CheckoutScreen(shopper);
      expect(await checkout.reads('order-amount')).toBe('₹1,019.99');
      await checkout.payByUpi();
      await checkout.get('success-state').waitFor();
      await page.getByTestId('payment-link').waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.getByTestId('orders-table').getByText('paid').waitFor();
      expect(placeOf(page)).toBe('/dashboard/orders');
      // The second press of the button would have had its order by now.
      expect(await stage.sql('select id from orders')).toHaveLength(1);
    });

    test('an answer that got lost does not make a second order', async () => {
      const page = await openDashboard(stage, '/dashboard/orders', { tolerates: /ERR_CONNECTION/ });
      let lost = 0;
      await page.route('**/api/v1/orders', async (route) => {
        if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
        lost += 1;
        await route.fetch();
        await route.abort('connectionreset');
      });
      await page.getByTestId('new-order').click();
      await page.getByTestId('order-amount-input').fill('75');
      await page.getByTestId('order-receipt-input').fill('lost answer');
      await page.getByTestId('confirm-button').click();
      await until('it says so', async () => (await page.getByRole('dialog').getByRole('alert').innerText()) !== '');
      await page.getByTestId('confirm-button').click();
      await page.getByTestId('payment-link').waitFor();
      expect(await stage.sql("select id from orders where receipt = 'lost answer'")).toHaveLength(1);
    });
  });

  describe('a payment', () => {
    test('is captured and refunded in place, and tells its story', async () => {
      const id = await aPaidPayment({ amount: 50_000 });
      const page = await openDashboard(stage, `/dashboard/transactions/${id}`);
      await page.getByTestId('capture-button').click();
      expect(await firstText(page, 'confirm-button')).toBe('Capture ₹500.00');
      await page.getByTestId('confirm-button').click();
      await until('captured', async () => (await firstText(page, 'captured')) === '₹500.00');
      await page.getByTestId('capture-button').waitFor({ state: 'detached' });

      await page.getByTestId('refund-button').click();
      expect(await page.getByTestId('refund-amount').inputValue()).toBe('500.00');
      await page.getByTestId('refund-amount').fill('120.50');
      expect(await page.locator('#refund-amount-hint').innerText()).toBe('Remaining after: ₹379.50');
      await page.getByTestId('refund-reason').selectOption('Item returned');
      expect(await firstText(page, 'confirm-button')).toBe('Refund ₹120.50');
      await page.getByTestId('confirm-button').dblclick();
      // The payment and its story are asked for one by one.
      const told = async () => ({
        refunded: await firstText(page, 'refunded'),
        refundable: await firstText(page, 'refundable'),
        status: await firstText(page, 'payment-status'),
        types: await page
          .getByTestId('timeline-entry')
          .evaluateAll((all) => all.map((entry) => entry.dataset['type']).join(' ')),
      });
      const wanted = {
        refunded: '₹120.50',
        refundable: '₹379.50',
        status: 'partially refunded',
        types: 'payment.created payment.pending payment.success payment.captured refund.created refund.processed',
      };
      await until('all of it is told', async () => {
        const now = await told();
        return isDeepStrictEqual(now, wanted) || now;
      });
      expect(await stage.sql('select amount, reason from refunds where payment_id = $1', [id])).toEqual([
        { amount: 12_050, reason: 'Item returned' },
      ]);
    });

    test('cannot be refunded beyond what is left, though another tab thinks so', async () => {
      const id = await aPaidPayment({ amount: 50_000 });
      const page = await openDashboard(stage, `/dashboard/transactions/${id}`, { tolerates: /status of 400/ });
      await page.getByTestId('refund-button').click();
      // This tab hears of nothing from here on, as one whose network is slow.
      await page.route(/\/api\/v1\/payments\/.*(?<!refunds)$/, (route) =>
        route.request().method() === 'GET' ? undefined : route.fallback(),
      );
      await page.route(/refunds\?limit/, () => undefined);
      await aRefund(id, 40_000);
      await page.getByTestId('confirm-button').click();
      await page.getByTestId('refund-dialog').getByText('Refund amount exceeds available amount').waitFor();
      await page.getByTestId('refund-amount').fill('500.01');
      expect(await page.locator('#refund-amount-complaint').innerText()).toBe('The most is ₹500.00.');
      expect(await page.getByTestId('confirm-button').isDisabled()).toBe(true);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });

    test('that failed says why, and what the API says can be copied', async () => {
      const id = await aPayment({ vpa: 'insufficient@test' });
      const page = await openDashboard(stage, `/dashboard/transactions/${id}`);
      await page.getByTestId('failure').getByText('INSUFFICIENT_FUNDS').waitFor();
      expect(await page.getByTestId('refund-button').count()).toBe(0);
      await page.getByTestId('raw').locator('summary').click();
      expect(JSON.parse(await page.getByTestId('raw-json').innerText())).toMatchObject({ id, status: 'failed' });
      const curl = await page.getByTestId('copy-curl').innerText();
      expect(curl).toContain(`${stage.apiOrigin}/api/v1/payments/${id}`);
      expect(curl).toContain('$GATEWAY_SECRET');
    });

    test('that does not exist says so, with the request to ask about', async () => {
      const page = await openDashboard(stage, '/dashboard', { tolerates: /status of 404/ });
      await page.goto(`${stage.dashboardOrigin}/dashboard/transactions/pay_0000000000000000`);
      await page.getByTestId('error-state').getByText('Payment not found').waitFor();
      expect(await page.getByTestId('error-state').innerText()).toMatch(/Request\s+[\w-]{36}/);
    });
  });
});
