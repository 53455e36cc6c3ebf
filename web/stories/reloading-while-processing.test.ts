import { expect, test } from '@jest/globals';
import { anOrder } from '../../shared/testing/shop.ts';
import { until } from '../../shared/testing/until.ts';
import { inChromium } from './browser.ts';
import { CheckoutScreen } from './checkout-screen.ts';
import { chargesOf, paymentsOf } from './payments-of.ts';
import { openShop } from './shop-page.ts';
import { useStage } from './stage.ts';

inChromium('reloading while a payment is processing', () => {
  const stage = useStage();

  const expectPaidOnce = async (orderId: string) => {
    expect((await paymentsOf(stage, orderId)).map(({ status }) => status)).toEqual(['success']);
    expect(await chargesOf(stage, orderId)).toBe(1);
  };
  const isKnown = (orderId: string) => async () => (await paymentsOf(stage, orderId)).length === 1;

  test('resumes the same payment on the page', async () => {
    const order = await anOrder();
    const page = await stage.newPage();
    await page.goto(stage.checkout(order));
    const checkout = new CheckoutScreen(page);
    const answered = page.waitForResponse('**/payments/public');
    await stage.worker.whileFrozen(async () => {
      await checkout.payByCard();
      await answered;
      await page.reload();
      await checkout.get('processing-state').waitFor();
    });
    await checkout.reads('success-state');
    await expectPaidOnce(order);
  });

  test('resumes it in the modal, when the shop reloads and opens it again', async () => {
    const order = await anOrder();
    const { buy, calls, checkout, closed, page } = await openShop(stage, order);
    await buy();
    const answered = page.waitForResponse('**/payments/public');
    await stage.worker.whileFrozen(async () => {
      await checkout.payByUpi();
      await answered;
      await page.reload();
      await buy();
      await checkout.get('processing-state').waitFor();
    });
    await closed();
    expect((await calls()).map(([name]) => name)).toEqual(['success', 'close']);
    await expectPaidOnce(order);
  });

  test('resumes it in the modal, when the frame alone reloads', async () => {
    const order = await anOrder();
    const { buy, calls, checkout, closed, page } = await openShop(stage, order);
    await buy();
    const answered = page.waitForResponse('**/payments/public');
    await stage.worker.whileFrozen(async () => {
      await checkout.payByUpi();
      await answered;
      // The old document shows that it is processing, too.
      const begun = page.waitForEvent('framenavigated');
      await page.frames()[1]?.evaluate('location.reload()');
      await begun;
      await checkout.get('processing-state').waitFor();
    });
    await closed();
    expect((await calls()).map(([name]) => name)).toEqual(['success', 'close']);
    await expectPaidOnce(order);
  });

  test('before the answer came, and paying again, is still one payment', async () => {
    const order = await anOrder();
    const page = await stage.newPage();
    let isHeld = false;
    await page.route('**/payments/public', async (route) => {
      if (isHeld) return route.continue();
      isHeld = true;
      await route.fetch();
      // The answer never arrives: the page is gone before.
    });
    await page.goto(stage.checkout(order));
    const checkout = new CheckoutScreen(page);
    await stage.worker.whileFrozen(async () => {
      await checkout.payByUpi();
      await until('it is known', isKnown(order));
      await page.reload();
      await checkout.payByUpi();
    });
    await checkout.reads('success-state');
    await expectPaidOnce(order);
  });

  test('after it succeeded shows that it did, and going back pays nothing', async () => {
    const order = await anOrder();
    const page = await stage.newPage();
    await page.goto(stage.merchant.publish('<!doctype html><title>Before</title>'));
    await page.goto(stage.checkout(order));
    const checkout = new CheckoutScreen(page);
    await checkout.payByUpi();
    const id = await checkout.reads('payment-id');
    await page.reload();
    expect(await checkout.reads('payment-id')).toBe(id);
    await page.goBack();
    await page.goForward();
    await checkout.get('checkout-container').waitFor();
    await expectPaidOnce(order);
  });
});
