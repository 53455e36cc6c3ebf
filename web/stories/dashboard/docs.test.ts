import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { aPaidPayment } from '../../../shared/testing/shop.ts';
import { until } from '../../../shared/testing/until.ts';
import { testMerchant } from '../../../shared/merchants/test-merchant.ts';
import { inChromium } from '../browser.ts';
import { useStage } from '../stage.ts';
import { openDashboard } from './dashboard-page.ts';

const run = promisify(execFile);

inChromium('the documentation in the dashboard', () => {
  const stage = useStage({ TEST_PROCESSING_DELAY: '0', REFUND_PROCESSING_DELAY: '0' });
  const open = () => openDashboard(stage, '/dashboard/docs');
  const codeIn = (page: Page, testId: string) => page.getByTestId(testId).textContent() as Promise<string>;
  const orders = async () => (await stage.sql<{ n: number }>('select count(*)::int as n from orders'))[0]!.n;

  test('is as the contract has it, with the merchant’s own key', async () => {
    const page = await open();
    const docs = page.getByTestId('api-docs');
    expect(await docs.getByRole('heading', { level: 2 }).innerText()).toBe('Integration Guide');
    await docs.getByText('key_test_abc123').first().waitFor();
    for (const [section, snippet] of [
      ['section-create-order', 'code-snippet-create-order'],
      ['section-sdk-integration', 'code-snippet-sdk'],
      ['section-webhook-verification', 'code-snippet-webhook'],
    ] as const)
      expect((await docs.getByTestId(section).getByTestId(snippet).textContent())?.length).toBeGreaterThan(50);
    expect(await codeIn(page, 'code-snippet-sdk')).toContain(`${stage.checkoutOrigin}/checkout.js`);
    expect(await codeIn(page, 'code-snippet-sdk')).toContain("key: 'key_test_abc123'");
    expect(await codeIn(page, 'code-snippet-webhook')).toContain('timingSafeEqual');
    expect(await page.content()).not.toContain(testMerchant.api_secret);
  });

  test('how an order is made runs as it stands, in each language', async () => {
    const page = await open();
    await page.getByTestId('section-create-order').getByText('key_test_abc123').waitFor();
    const env = { ...process.env, GATEWAY_SECRET: testMerchant.api_secret };
    const programs = {
      curl: ['sh', '-c'],
      'Node.js': [process.execPath, '--input-type=module', '-e'],
      Python: ['python3', '-c'],
    };
    for (const [name, [program, ...flags]] of Object.entries(programs)) {
      await page.getByTestId('section-create-order').getByRole('tab', { name }).click();
      const before = await orders();
      const { stdout } = await run(program!, [...flags, await codeIn(page, 'code-snippet-create-order')], { env });
      expect({ name, stdout }).toEqual({ name, stdout: expect.stringMatching(/order_\w{16}/) });
      expect(await orders()).toBe(before + 1);
    }
  });

  test('every language of the webhook is a tab, by pointer and by keys', async () => {
    const page = await open();
    const tabs = page.getByTestId('section-webhook-verification').getByRole('tab');
    const shown = new Set<string>();
    for (const tab of await tabs.all()) {
      await tab.click();
      shown.add(await codeIn(page, 'code-snippet-webhook'));
    }
    expect(shown.size).toBe(await tabs.count());
    await page.keyboard.press('ArrowRight');
    expect(await codeIn(page, 'code-snippet-webhook')).toContain("from 'node:crypto'");
    expect(await tabs.first().getAttribute('aria-selected')).toBe('true');
  });

  test('a GET is run in place, with the newest id filled in', async () => {
    const id = await aPaidPayment();
    const page = await open();
    const operation = page.locator('[data-operation=getPayment]');
    await operation.locator('summary').click();
    await until('the id is filled in', async () => (await operation.locator('input').inputValue()) === id);
    expect(await operation.getByTestId('operation-curl').textContent()).toContain(`/api/v1/payments/${id}'`);
    await operation.getByTestId('run-button').click();
    await operation.getByTestId('run-answer').getByText(`"${id}"`).waitFor();
    expect(await operation.getByTestId('run-answer').innerText()).toMatch(/^200/);
    const writing = page.locator('[data-operation=createOrder]');
    await writing.locator('summary').click();
    expect(await writing.getByTestId('operation-curl').textContent()).toContain('"amount": 50000');
    expect(await writing.getByTestId('run-button').count()).toBe(0);
  });

  test('the secret comes into the examples when it is asked for, and goes again', async () => {
    const page = await open();
    await page.getByTestId('secret-switch').click();
    await page.getByTestId('section-create-order').getByText(testMerchant.api_secret).waitFor();
    await page.getByTestId('secret-switch').click();
    expect(await page.content()).not.toContain(testMerchant.api_secret);
  });
});
