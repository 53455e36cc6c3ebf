import { expect, test } from '@jest/globals';
import { anOrder, aPayment } from '../../shared/testing/shop.ts';
import { until } from '../../shared/testing/until.ts';
import { inChromium } from './browser.ts';
import { CheckoutScreen } from './checkout-screen.ts';
import { findingsIn } from './findings-in.ts';
import { paymentsOf } from './payments-of.ts';
import { openShop } from './shop-page.ts';
import { useStage } from './stage.ts';

inChromium.each(['light', 'dark'] as const)('axe-core finds nothing in the %s theme', (colorScheme) => {
  const stage = useStage();

  const opened = async (address: string, tolerates?: RegExp) => {
    const page = await stage.newPage({ colorScheme, ...(tolerates && { tolerates }) });
    await page.goto(address);
    const checkout = new CheckoutScreen(page);
    await checkout.get('checkout-container').waitFor();
    const expectClean = async (screen: string) =>
      expect({ screen, findings: await findingsIn(page) }).toEqual({ screen, findings: [] });
    return { page, checkout, expectClean };
  };

  test('from choosing to a success', async () => {
    const { page, checkout, expectClean } = await opened(stage.checkout(await anOrder()));
    await checkout.get('vpa-input').waitFor();
    await expectClean('UPI');
    await checkout.pay('upi-form').click();
    await expectClean('UPI with an error');
    await checkout.get('method-card').click();
    await expectClean('card');
    await checkout.pay('card-form').click();
    await expectClean('card with errors');
    await checkout.fillCard();
    await expectClean('card filled in');
    await checkout.pay('card-form').hover();
    await expectClean('card about to be paid');
    await page.context().setOffline(true);
    await checkout.get('offline-banner').waitFor();
    await expectClean('offline');
    await page.context().setOffline(false);
    await stage.worker.whileFrozen(async () => {
      await checkout.pay('card-form').click();
      await checkout.get('processing-state').waitFor();
      await expectClean('processing');
    });
    await checkout.get('success-state').waitFor();
    await expectClean('success');
  });

  test('a failure, and the form again', async () => {
    const { checkout, expectClean } = await opened(stage.checkout(await anOrder()));
    await checkout.payByCard('4000000000000002');
    await checkout.get('error-state').waitFor();
    await expectClean('failed');
    await checkout.get('retry-button').click();
    await checkout.get('card-form').waitFor();
    await expectClean('card again');
  });

  test('the test bar', async () => {
    const { checkout, expectClean } = await opened(stage.checkout(await anOrder()));
    await checkout.get('test-bar-toggle').click();
    await checkout.get('test-bar').waitFor();
    await expectClean('test bar');
  });

  test('the modal, and the question before leaving', async () => {
    const shop = await openShop(stage, await anOrder(), { visit: { colorScheme } });
    await shop.buy();
    // Stays in processing for as long as the two documents are looked at.
    await shop.checkout.payByUpi('timeout@test');
    await shop.checkout.get('processing-state').waitFor();
    await shop.page.getByTestId('close-modal-button').click();
    await shop.checkout.at.getByRole('alertdialog').waitFor();
    const [page, frame] = shop.page.frames();
    expect(frame && (await findingsIn(frame))).toEqual([]);
    expect(page && (await findingsIn(page)).filter((finding) => !isShops(finding))).toEqual([]);
    await shop.checkout.at.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click();
    await shop.closed();
  });

  test('what is not to be paid, and what cannot be reached', async () => {
    const order = await anOrder();
    const payment = await aPayment({ orderId: order });
    await until('it is paid', async () => (await paymentsOf(stage, order))[0]?.status === 'success');
    const pages = {
      'already paid': stage.checkout(order),
      'unknown order': stage.checkout('order_0000000000000000'),
      'no order': `${stage.checkoutOrigin}/checkout`,
      'success page': `${stage.checkoutOrigin}/success?payment_id=${payment}`,
      'failure page': `${stage.checkoutOrigin}/failure?payment_id=${await aPayment({ vpa: 'failure@test' })}`,
    };
    for (const [screen, address] of Object.entries(pages)) {
      const { checkout, expectClean } = await opened(address, /status of 404/);
      await checkout.get(screen === 'success page' ? 'success-state' : 'error-state').waitFor();
      await expectClean(screen);
    }
  });

  test('a gateway that is away', async () => {
    const page = await stage.newPage({ colorScheme, tolerates: /ERR_CONNECTION_REFUSED/ });
    await page.route(`${stage.apiOrigin}/**`, (route) => route.abort('connectionrefused'));
    await page.goto(stage.checkout(await anOrder()));
    const checkout = new CheckoutScreen(page);
    await page.locator('[data-test-id=loading-state]').waitFor();
    expect(await findingsIn(page)).toEqual([]);
    await checkout.get('error-state').waitFor();
    expect(await findingsIn(page)).toEqual([]);
  });
});

/** The plain page of the shop has no landmarks, which is none of ours. */
const isShops = (finding: string) =>
  /^(region|landmark-one-main)/.test(finding) && !finding.includes('payment-gateway');
