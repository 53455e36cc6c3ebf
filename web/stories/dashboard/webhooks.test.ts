import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import type { Page } from 'playwright-core';
import { aPayment } from '../../../shared/testing/shop.ts';
import { until } from '../../../shared/testing/until.ts';
import { inChromium } from '../browser.ts';
import { useStage } from '../stage.ts';
import { openDashboard, placeOf, textsOf } from './dashboard-page.ts';
import { openReceiver, type Receiver } from './receiver.ts';

inChromium('webhooks in the dashboard', () => {
  // Two attempts, a second apart: enough to see one fail.
  const stage = useStage({ WEBHOOK_RETRY_INTERVALS_TEST: '1' });
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await openReceiver();
  });
  afterAll(() => receiver.close());

  beforeEach(async () => {
    receiver.answer(200, 'thank you');
    receiver.received.length = 0;
    await stage.sql('truncate webhook_attempts, webhook_logs');
    await stage.sql('update merchants set webhook_url = $1', [receiver.url]);
  });

  const open = (more = {}) => openDashboard(stage, '/dashboard/webhooks', more);
  const said = async (page: Page, testId: string) => (await textsOf(page, testId))[0] ?? '';
  const rowsSay = (page: Page, wanted: string) =>
    until(`the rows say ${wanted}`, async () => (await textsOf(page, 'webhook-status')).join() === wanted);

  test('the form is as the contract has it, and the gateway judges the URL', async () => {
    const page = await open({ tolerates: /status of 400/ });
    const form = page.getByTestId('webhook-config').getByTestId('webhook-config-form');
    const url = form.getByTestId('webhook-url-input');
    await until('the saved URL is there', async () => (await url.inputValue()) === receiver.url);
    expect(await page.getByRole('heading', { level: 2, name: 'Webhook Configuration' }).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 3, name: 'Webhook Logs' }).count()).toBe(1);
    expect(await url.getAttribute('type')).toBe('url');
    expect(await url.getAttribute('placeholder')).toBe('https://yoursite.com/webhook');
    expect(await form.getByTestId('save-webhook-button').innerText()).toBe('Save Configuration');
    expect(await form.getByTestId('test-webhook-button').getAttribute('type')).toBe('button');
    expect(await form.getByTestId('regenerate-secret-button').getAttribute('type')).toBe('button');

    await url.fill('ftp://shop.example/webhook');
    await form.getByTestId('save-webhook-button').click();
    await page.locator('#webhook-url-complaint').getByText(/https/).waitFor();
    expect(await url.getAttribute('aria-invalid')).toBe('true');
    expect(await url.inputValue()).toBe('ftp://shop.example/webhook');

    await url.fill(`${receiver.url}?shop=1`);
    await url.press('Enter');
    await page.getByTestId('save-status').getByText('Saved.').waitFor();
    const saved = 'select webhook_url from merchants where webhook_url is not null';
    expect(await stage.sql(saved)).toEqual([{ webhook_url: `${receiver.url}?shop=1` }]);
  });

  test('without a URL there is nothing to test', async () => {
    await stage.sql('update merchants set webhook_url = null');
    const page = await open({ tolerates: /status of 400/ });
    await page.getByTestId('test-webhook-button').click();
    await page.getByTestId('test-webhook-error').getByText('Webhook URL is not configured').waitFor();
  });

  test('a test is answered in the same place, and stands in the log', async () => {
    const page = await open();
    await page.getByText('No deliveries yet').waitFor();
    await page.getByTestId('test-webhook-button').click();
    await page.getByTestId('test-webhook-result').getByText('Your server answered 200').waitFor();
    await page.getByTestId('test-webhook-result').getByText('thank you').waitFor();
    await rowsSay(page, 'success');
    const heads = await page.getByTestId('webhook-logs-table').locator('th').allTextContents();
    expect(heads).toEqual(['Event', 'Status', 'Attempts', 'Last Attempt', 'Response Code', 'Actions']);
    const [row] = await stage.sql<{ id: string; at: string }>(
      `select id, to_char(last_attempt_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as at from webhook_logs`,
    );
    expect(await page.getByTestId('webhook-log-item').getAttribute('data-webhook-id')).toBe(row!.id);
    expect(await page.getByTestId('retry-webhook-button').getAttribute('data-webhook-id')).toBe(row!.id);
    expect(await said(page, 'webhook-event')).toBe('webhook.test');
    expect(await said(page, 'webhook-attempts')).toBe('1');
    expect(await said(page, 'webhook-last-attempt')).toBe(row!.at);
    expect(await said(page, 'webhook-response-code')).toBe('200');
  });

  test('what fails says why, shows what was sent, and is sent again by hand', async () => {
    receiver.answer(401, 'who are you?');
    const page = await open();
    await page.getByTestId('test-webhook-button').click();
    await page.getByTestId('test-webhook-result').getByText('Often a wrong secret').waitFor();
    await rowsSay(page, 'failed');
    await page.getByTestId('webhook-event').click();
    await page.getByTestId('delivery-cause').getByText('Your server answered 401').waitFor();
    await page.getByTestId('attempt').nth(1).waitFor();
    expect(await page.getByTestId('attempt').count()).toBe(2);
    const { body, headers } = receiver.received.at(-1)!;
    const request = page.getByTestId('attempt-request');
    expect(await request.innerText()).toContain(headers['x-webhook-signature']);
    const response = await page.getByTestId('attempt-response').innerText();
    expect(response).toContain('x-answered-by: the shop');
    expect(response).toContain('who are you?');

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByTestId('copy-curl-button').click();
    await page.getByTestId('copy-curl-button').getByText('Copied').waitFor();
    const curl = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(curl).toContain(`-H 'webhook-signature: ${headers['webhook-signature'] as string}'`);
    expect(curl).toContain(`--data-binary '${body}'`);

    await page.getByTestId('attempt').first().click();
    expect(placeOf(page)).toMatch(/\?attempt=1$/);
    receiver.answer(204, '');
    await page.getByTestId('retry-webhook-button').click();
    await page.getByTestId('webhook-status').getByText('success').waitFor();
    await page.getByTestId('attempt').getByText('Retry by hand').waitFor();
    expect(await page.getByTestId('delivery-cause').count()).toBe(0);
  });

  test('all that failed is counted, confirmed and sent again', async () => {
    receiver.answer(500, '');
    await aPayment({ vpa: 'failure@test' });
    const failed = async () =>
      (await stage.sql<{ n: number }>(`select count(*)::int as n from webhook_logs where status = 'failed'`))[0]?.n;
    await until('three deliveries have failed', async () => (await failed()) === 3);
    const page = await open();
    const button = page.getByTestId('retry-all-button');
    await button.getByText('Retry all 3 failed').waitFor();
    receiver.answer(200, '');
    await button.click();
    expect(await page.getByRole('dialog').innerText()).toContain('payment.failed');
    expect(await said(page, 'confirm-button')).toBe('Retry 3 deliveries');
    await page.getByTestId('confirm-button').click();
    await page.getByTestId('retry-all-result').getByText('3 deliveries sent again').waitFor();
    await button.waitFor({ state: 'detached' });
    await rowsSay(page, 'success,success,success');
  });

  test('filters are in the address', async () => {
    await aPayment({ vpa: 'failure@test' });
    const page = await open();
    await rowsSay(page, 'success,success,success');
    await page.getByTestId('filter-event').selectOption('payment.failed');
    await rowsSay(page, 'success');
    expect(placeOf(page)).toBe('/dashboard/webhooks?event=payment.failed');
    await page.getByTestId('filter-status').selectOption('failed');
    await page.getByText('No delivery is like that').waitFor();
    await page.goBack();
    await rowsSay(page, 'success');
    await page.reload();
    await rowsSay(page, 'success');
  });

  test('the secret is shown when it is asked for, and a new one leaves the old one its time', async () => {
    const page = await open();
    const secret = page.getByTestId('webhook-secret');
    await secret.waitFor();
    expect(await page.content()).not.toContain('whsec_test_abc123');
    await page.getByTestId('reveal-secret-button').click();
    await secret.getByText('whsec_test_abc123').waitFor();
    await page.getByTestId('reveal-secret-button').click();
    expect(await page.content()).not.toContain('whsec_test_abc123');

    await page.getByTestId('regenerate-secret-button').click();
    expect(await page.getByRole('dialog').innerText()).toContain('stays valid for 24 hours');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByTestId('regenerate-secret-button').click();
    await page.getByTestId('confirm-button').click();
    await until('the new secret is shown', async () => /^whsec_[\w+/]{32}$/.test(await secret.innerText()));
    await page.getByText('The old one stays valid until').waitFor();

    await page.getByTestId('test-webhook-button').click();
    await page.getByTestId('test-webhook-result').getByText('answered 200').waitFor();
    const { headers, body } = receiver.received.at(-1)!;
    const key = Buffer.from((await secret.innerText()).slice('whsec_'.length), 'base64');
    const text = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
    const expected = createHmac('sha256', key).update(text).digest('base64');
    expect((headers['webhook-signature'] as string).split(' ')).toContain(`v1,${expected}`);
  });
});
