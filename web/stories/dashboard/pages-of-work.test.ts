import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aPaidPayment, aPayment, aRefund } from '../../../shared/testing/shop.ts';
import { inChromium } from '../browser.ts';
import { findingsIn } from '../findings-in.ts';
import { useStage } from '../stage.ts';
import { openDashboard } from './dashboard-page.ts';
import { openReceiver, type Receiver } from './receiver.ts';

inChromium('refunds, webhooks, queues and docs', () => {
  const stage = useStage({ TEST_PROCESSING_DELAY: '0', REFUND_PROCESSING_DELAY: '0' });
  let receiver: Receiver;
  let paid = '';

  beforeAll(async () => {
    receiver = await openReceiver();
    receiver.answer(500, 'no');
    await stage.sql('update merchants set webhook_url = $1', [receiver.url]);
    paid = await aPaidPayment();
    await aRefund(await aPaidPayment({ vpa: 'refundfail@test' }), 1_000);
    await aPayment();
  });
  afterAll(() => receiver.close());

  // Ten screens each, and axe-core takes its time over every one.
  const patienceMs = 90_000;

  test.each([
    ['wide and light', 'light', 1280],
    ['wide and dark', 'dark', 1280],
    ['narrow and light', 'light', 360],
    ['narrow and dark', 'dark', 360],
  ] as const)(
    '%s: axe-core finds nothing, and nothing sticks out',
    async (_look, colorScheme, width) => {
      const page = await openDashboard(stage, '/dashboard', { colorScheme, viewport: { width, height: 800 } });
      const expectClean = async (screen: string) => {
        const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        expect({ screen, sideways, findings: await findingsIn(page) }).toEqual({ screen, sideways: 0, findings: [] });
      };
      const visit = async (path: string, there: string) => {
        await page.goto(stage.dashboardOrigin + path);
        await page.locator(there).first().waitFor();
        await expectClean(path);
      };
      await visit('/dashboard/refunds', '[data-test-id=payment-option]');
      await visit(`/dashboard/refunds?payment=${paid}`, '[data-test-id=refund-form]');
      await page.getByTestId('refund-submit-button').click();
      await expectClean('the question before a refund');
      await visit('/dashboard/webhooks', '[data-test-id=webhook-response-code]:has-text("500")');
      await page.getByTestId('test-webhook-button').click();
      await page.getByTestId('test-webhook-result').getByText('answered 500').waitFor();
      await page.getByTestId('reveal-secret-button').click();
      await expectClean('a test that failed');
      await page.getByTestId('regenerate-secret-button').click();
      await expectClean('the question before a new secret');
      const [delivery] = await stage.sql<{ id: string }>(
        'select id from webhook_logs where last_attempt_at is not null',
      );
      await visit(`/dashboard/webhooks/${delivery!.id}`, '[data-test-id=delivery-cause]');
      await visit('/dashboard/queues', '[data-test-id=queue-card]');
      await visit('/dashboard/docs', '[data-operation=getPayment]');
      await page.locator('[data-operation=getPayment] summary').click();
      await page.getByTestId('run-button').click();
      await page.getByTestId('run-answer').waitFor();
      await expectClean('an answer in the docs');
    },
    patienceMs,
  );
});
