import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPaidPayment, aRefund } from '../../../shared/testing/shop.ts';
import { until } from '../../../shared/testing/until.ts';
import { inChromium } from '../browser.ts';
import { useStage } from '../stage.ts';
import { openDashboard, placeOf, textsOf } from './dashboard-page.ts';

inChromium('refunds in the dashboard', () => {
  const stage = useStage({ TEST_PROCESSING_DELAY: '0', REFUND_PROCESSING_DELAY: '200' });

  const option = (page: Page, id: string) => page.locator(`[data-test-id=payment-option][data-payment-id=${id}]`);
  const refundsOf = (payment: string) =>
    stage.sql<{ id: string; amount: number; reason: string | null }>(
      'select id, amount, reason from refunds where payment_id = $1 order by created_at',
      [payment],
    );
  const statusIn = async (page: Page, refund: string) =>
    (await page.locator(`[data-refund-id=${refund}] [data-test-id=status]`).textContent())?.trim();

  test('a payment is searched, refunded in part, and the refund turns to PROCESSED by itself', async () => {
    const id = await aPaidPayment({ amount: 50_000, vpa: 'meera@okbank' });
    await aPaidPayment();
    const page = await openDashboard(stage, '/dashboard/refunds');
    await page.getByTestId('payment-search').fill('meera@okbank');
    await until('one is found', async () => (await page.getByTestId('payment-option').count()) === 1);
    await option(page, id).click();
    expect(placeOf(page)).toBe(`/dashboard/refunds?payment=${id}`);
    await page.getByTestId('refund-full').waitFor();
    expect(await page.getByTestId('refund-submit-button').innerText()).toBe('Refund ₹500.00');

    await page.getByTestId('refund-partial').check();
    const amount = page.getByTestId('refund-amount-input');
    await amount.fill('500.01');
    await page.locator('#refund-amount-complaint').getByText('The most is ₹500.00.').waitFor();
    await page.getByTestId('refund-submit-button').click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await amount.fill('120.50');
    expect(await page.getByTestId('refund-remaining').innerText()).toBe('₹379.50');
    await page.getByTestId('refund-reason-input').fill('Item returned');
    await page.getByTestId('refund-submit-button').click();
    expect(await textsOf(page, 'confirm-button')).toEqual(['Refund ₹120.50']);
    const refund = await stage.worker.whileFrozen(async () => {
      await page.getByTestId('confirm-button').dblclick();
      await page.getByTestId('refund-made').waitFor();
      const [refund, ...others] = await refundsOf(id);
      expect({ refund, others }).toEqual({
        refund: { id: expect.anything(), amount: 12_050, reason: 'Item returned' },
        others: [],
      });
      await until('it is pending', async () => (await statusIn(page, refund!.id)) === 'PENDING');
      return refund;
    });
    await until('it is processed', async () => (await statusIn(page, refund!.id)) === 'PROCESSED');
    await until('the rest is offered', async () =>
      (await page.getByTestId('refund-submit-button').innerText()).includes('379.50'),
    );
    await page.getByTestId('refund-submit-button').click();
    await page.getByTestId('confirm-button').click();
    await until('all of it is on its way', async () => (await refundsOf(id)).length === 2);
    await until('nothing is left', async () => (await page.getByTestId('refund-form').count()) === 0);
  });

  test('an answer that got lost does not refund twice', async () => {
    const id = await aPaidPayment({ amount: 30_000 });
    const page = await openDashboard(stage, `/dashboard/refunds?payment=${id}`, { tolerates: /ERR_CONNECTION/ });
    let lost = 0;
    await page.route('**/refunds', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.getByTestId('refund-partial').check();
    await page.getByTestId('refund-amount-input').fill('100');
    await page.getByTestId('refund-submit-button').click();
    await page.getByTestId('confirm-button').click();
    await page.getByRole('dialog').getByText('it is refunded once').waitFor();
    await page.getByTestId('confirm-button').click();
    await page.getByTestId('refund-made').waitFor();
    expect(await refundsOf(id)).toHaveLength(1);
  });

  test('another tab was quicker', async () => {
    const id = await aPaidPayment({ amount: 50_000 });
    const page = await openDashboard(stage, `/dashboard/refunds?payment=${id}`, { tolerates: /status of 400/ });
    await page.getByTestId('refund-submit-button').click();
    // This tab hears of nothing from here on, as one whose network is slow.
    await page.route(/\/api\/v1\/payments\//, (route) =>
      route.request().method() === 'GET' ? undefined : route.fallback(),
    );
    await aRefund(id, 40_000);
    await page.getByTestId('confirm-button').click();
    await page.getByRole('dialog').getByText('Refund amount exceeds available amount').waitFor();
    expect(await refundsOf(id)).toHaveLength(1);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  test('one that failed says so, here and among the queues', async () => {
    const refund = await aRefund(await aPaidPayment({ vpa: 'refundfail@test' }), 10_000);
    const page = await openDashboard(stage, '/dashboard/refunds');
    await until('it failed', async () => (await statusIn(page, refund)) === 'FAILED');
    await page.getByText('The bank could not return the money').first().waitFor();
    await page.getByTestId('filter-status').selectOption('failed');
    await until('only it', async () => (await textsOf(page, 'refund-id')).join() === refund);
    expect(placeOf(page)).toBe('/dashboard/refunds?status=failed');

    await page.goto(`${stage.dashboardOrigin}/dashboard/queues`);
    const item = page.locator(`[data-test-id=failed-item][data-id=${refund}]`);
    await item.getByText('The bank could not return the money').waitFor();
    await item.getByRole('link', { name: 'See the payment' }).click();
    await page.getByTestId('transaction-row').waitFor();
    expect(await page.getByTestId('transaction-row').count()).toBe(1);
  });

  test('the queues count what is done, and say when no worker is there', async () => {
    const page = await openDashboard(stage, '/dashboard/queues');
    await page.getByTestId('worker-status').getByText('1 worker running').waitFor();
    const [done] = await stage.sql<{ n: string }>(
      `select count(*)::int as n from payments where status not in ('pending', 'failed')`,
    );
    const card = page.locator('[data-test-id=queue-card][data-type=settle_payment]');
    await until(
      'it is counted',
      async () => (await card.getByTestId('count-completed').innerText()) === String(done?.n),
    );
    expect(await page.getByTestId('board-link').getAttribute('href')).toBe(`${stage.dashboardOrigin}/queues-board`);
    // A worker that really stops is missed after 15 s, which other stories wait for.
    const queues = (await (await page.request.get(`${stage.dashboardOrigin}/api/v1/queues`)).json()) as object;
    const worker = { status: 'stopped', last_seen_at: '2026-01-01T00:00:00.000Z', workers: 0 };
    await page.route('**/api/v1/queues', (route) => route.fulfill({ json: { ...queues, worker } }));
    await page.getByTestId('worker-status').getByText('No worker').waitFor();
    await page.getByText('Nothing is lost').waitFor();
  });
});
