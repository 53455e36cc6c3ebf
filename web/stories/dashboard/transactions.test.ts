import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { aPaidPayment, aPayment, aRefund, manyPayments } from '../../../shared/testing/shop.ts';
import { until } from '../../../shared/testing/until.ts';
import { inChromium } from '../browser.ts';
import { findingsIn } from '../findings-in.ts';
import { useStage } from '../stage.ts';
import { openDashboard, placeOf, textsOf } from './dashboard-page.ts';

inChromium('the list of payments in the dashboard', () => {
  const stage = useStage();

  const rowOf = (page: Page, id: string) => page.locator(`[data-test-id=transaction-row][data-payment-id=${id}]`);
  const firstText = async (page: Page, testId: string) => (await textsOf(page, testId))[0];
  const statusOf = async (id: string) =>
    (await stage.sql<{ status: string }>('select status from payments where id = $1', [id]))[0]?.status;

  test('is as the contract has it', async () => {
    const id = await aPaidPayment({ amount: 50_000, vpa: 'table@okbank' });
    const page = await openDashboard(stage, '/dashboard/transactions');
    await rowOf(page, id).waitFor();
    const heads = await page.getByTestId('transactions-table').locator('th').allTextContents();
    expect(heads).toEqual(['Payment ID', 'Order ID', 'Amount', 'Method', 'Status', 'Created']);
    const cell = async (name: string) => (await rowOf(page, id).getByTestId(name).textContent())?.trim();
    expect(await cell('payment-id')).toBe(id);
    expect(await cell('order-id')).toMatch(/^order_\w{16}$/);
    expect(await cell('amount')).toBe('₹500.00');
    expect(await cell('method')).toMatch(/^upi\s+table@okbank$/);
    expect(await cell('status')).toBe('success');
    expect(await cell('created-at')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  test('filters are in the address, and back undoes them', async () => {
    const failed = await aPayment({ vpa: 'failure@test' });
    const page = await openDashboard(stage, '/dashboard/transactions');
    await rowOf(page, failed).getByText('failed').waitFor();
    await page.getByTestId('filter-status').selectOption('failed');
    await until('failed ones only', async () => new Set(await textsOf(page, 'status')).size === 1);
    await page.getByTestId('filter-method').selectOption('card');
    await page.getByTestId('nothing-found').waitFor();
    expect(placeOf(page)).toBe('/dashboard/transactions?status=failed&method=card');
    await page.goBack();
    await rowOf(page, failed).waitFor();
    expect(placeOf(page)).toBe('/dashboard/transactions?status=failed');
    await page.reload();
    await rowOf(page, failed).waitFor();
    expect(await page.getByTestId('filter-status').inputValue()).toBe('failed');
    await page.getByRole('button', { name: 'Remove the filter Status' }).click();
    await until('all again', async () => new Set(await textsOf(page, 'status')).size > 1);
  });

  test('search finds by receipt, by UPI ID and by a refund', async () => {
    const id = await aPaidPayment({ vpa: 'kavya@okbank' });
    await until('the worker has settled it', async () => (await statusOf(id)) === 'success');
    const refund = await aRefund(id, 100);
    await stage.sql('update orders set receipt = $1 where id = (select order_id from payments where id = $2)', [
      'R 77',
      id,
    ]);
    const page = await openDashboard(stage, '/dashboard/transactions');
    for (const q of ['R 77', 'kavya@okbank', refund, id]) {
      await page.getByTestId('transactions-search').fill(q);
      await until(`it is found by ${q}`, async () => {
        const rows = await page
          .getByTestId('transaction-row')
          .evaluateAll((all) => all.map((row) => row.dataset['paymentId']));
        return rows.length === 1 && rows[0] === id && new URL(page.url()).searchParams.get('q') === q;
      });
    }
  });

  test('pages, keys and the way back', async () => {
    await manyPayments(30);
    const viewport = { width: 1280, height: 500 };
    const page = await openDashboard(stage, '/dashboard/transactions', { viewport });
    await page.getByRole('button', { name: 'Next' }).click();
    await until('the second page', async () => (await firstText(page, 'pager'))?.startsWith('26–') ?? false);
    expect(placeOf(page)).toBe('/dashboard/transactions?offset=25');
    // The rows of the first page stand until those of the second come.
    await page.locator('[data-test-id=transactions-table][aria-busy=false]').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const focused = await page.evaluate<string>('document.activeElement.closest("tr").dataset.paymentId');
    expect(focused).toBe(await page.getByTestId('transaction-row').nth(1).getAttribute('data-payment-id'));
    await page.evaluate('scrollTo(0, 200)');
    await page.keyboard.press('Enter');
    await page.getByTestId('payment-amount').waitFor();
    expect(placeOf(page)).toBe(`/dashboard/transactions/${focused}`);
    await page.goBack();
    await rowOf(page, focused).waitFor();
    await until('it is scrolled to where it was', async () => (await page.evaluate('scrollY')) === 200);
    // Anywhere in the row, not only on its link.
    await rowOf(page, focused).getByTestId('created-at').click();
    await page.getByTestId('payment-amount').waitFor();
  });

  test('"?" tells the keys, and who does not want single ones turns them off', async () => {
    const focusedRow = (page: Page) => page.evaluate<boolean>('!!document.activeElement.closest("tr")');
    await aPaidPayment();
    const page = await openDashboard(stage, '/dashboard/transactions');
    await page.getByTestId('transaction-row').first().waitFor();
    const help = page.getByTestId('keyboard-dialog');

    await page.getByTestId('transactions-search').press('?');
    expect(await page.getByTestId('transactions-search').inputValue()).toBe('?');
    expect(await help.count()).toBe(0);
    await page.getByTestId('transactions-search').fill('');
    await page.getByTestId('transactions-search').blur();
    await page.getByTestId('transaction-row').first().waitFor();

    await page.keyboard.press('?');
    await help.waitFor();
    expect(await findingsIn(page)).toEqual([]);
    await page.keyboard.press('j');
    expect(await focusedRow(page)).toBe(false);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    expect(await focusedRow(page)).toBe(true);

    await page.getByTestId('keyboard-help').click();
    await page.getByTestId('letter-keys').uncheck();
    expect(await help.textContent()).not.toContain('Next row');
    await help.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await page.getByTestId('transaction-row').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('?');
    expect(await focusedRow(page)).toBe(false);
    expect(await help.count()).toBe(0);
    expect(await page.getByText('to walk').count()).toBe(0);

    // As narrow as a page at 400 %, where the button has no room.
    await page.getByTestId('keyboard-help').click();
    await page.getByTestId('letter-keys').check();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.setViewportSize({ width: 320, height: 600 });
    await page.keyboard.press('?');
    await help.waitFor();
    expect(await findingsIn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  test('rows under a pointer stay where they are until they are let go', async () => {
    const page = await openDashboard(stage, '/dashboard/transactions');
    const first = await page.getByTestId('transaction-row').first().getAttribute('data-payment-id');
    await rowOf(page, first!).hover();
    const id = await aPaidPayment();
    await page.getByTestId('new-rows').waitFor();
    expect(await page.getByTestId('transaction-row').first().getAttribute('data-payment-id')).toBe(first);
    await page.getByTestId('new-rows').click();
    expect(await page.getByTestId('transaction-row').first().getAttribute('data-payment-id')).toBe(id);
  });

  test('the export is a file with as many rows as it says', async () => {
    const page = await openDashboard(stage, '/dashboard/transactions?status=failed');
    await page.getByTestId('transaction-row').first().waitFor();
    const total = await page.getByTestId('transaction-row').count();
    expect(await firstText(page, 'export-csv')).toBe(`Export ${total === 1 ? '1 row' : `${total} rows`}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-csv').click()]);
    expect(download.suggestedFilename()).toMatch(/^payments-\d{4}-\d\d-\d\d\.csv$/);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split(/\r?\n/);
    expect(lines).toHaveLength(total + 1);
    expect(lines.slice(1).every((line) => line.includes('failed'))).toBe(true);
    await until(
      'it says so',
      async () => (await firstText(page, 'export-said')) === `Saved ${total === 1 ? '1 row' : `${total} rows`}`,
    );
  });
});
