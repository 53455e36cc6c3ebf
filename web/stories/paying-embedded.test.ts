import { expect, test } from '@jest/globals';
import { anOrder } from '../../shared/testing/shop.ts';
import { inChromium } from './browser.ts';
import { paymentsOf } from './payments-of.ts';
import { openShop } from './shop-page.ts';
import { useStage } from './stage.ts';

inChromium('paying on a plain page of another origin', () => {
  const stage = useStage();

  test.each(['upi', 'card'] as const)('the lines of the contract take a payment by %s', async (method) => {
    const order = await anOrder();
    const { buy, calls, checkout, closed } = await openShop(stage, order);
    await buy();
    await (method === 'upi' ? checkout.payByUpi() : checkout.payByCard());
    expect(await checkout.reads('processing-message')).not.toBe('');
    await closed();
    const [payment, ...others] = await paymentsOf(stage, order);
    expect(others).toEqual([]);
    expect(payment).toMatchObject({ status: 'success', method });
    expect(await calls()).toEqual([
      ['success', { paymentId: payment?.id, orderId: order, status: 'success' }],
      ['close'],
    ]);
  });

  test('the modal is what the contract draws, and a second one does not open', async () => {
    const order = await anOrder();
    const { buy, page, checkout } = await openShop(stage, order);
    await buy();
    await checkout.get('checkout-container').waitFor();
    await page.evaluate('opened.open(); new PaymentGateway({ key, orderId }).open()');
    const drawn = page.locator('#payment-gateway-modal[data-test-id=payment-modal] > .modal-overlay > .modal-content');
    expect(await drawn.count()).toBe(1);
    expect(await page.locator('iframe').count()).toBe(1);
    const frame = drawn.locator('> iframe[data-test-id=payment-iframe]');
    expect(await frame.getAttribute('src')).toBe(stage.checkout(order, { embedded: 'true' }));
    expect(await frame.getAttribute('title')).not.toBe('');
    const close = drawn.locator('> button.close-button[data-test-id=close-modal-button]');
    expect((await close.innerText()).trim()).toBe('×');
  });

  test('the page behind neither scrolls nor reacts, and then is as it was', async () => {
    const { page, checkout, closed } = await openShop(stage, await anOrder());
    await page.mouse.wheel(0, 200);
    await page.waitForFunction('scrollY === 200');
    const looks = `JSON.stringify([scrollY, document.body.outerHTML.length, getComputedStyle(document.body).overflow,
      getComputedStyle(document.documentElement).overflow, document.documentElement.getAttribute('style')])`;
    await page.locator('#buy').evaluate((button) => button.focus({ preventScroll: true }));
    const before = await page.evaluate(looks);
    await page.keyboard.press('Enter');
    await checkout.get('checkout-container').waitFor();
    await page.mouse.move(5, 5);
    await page.mouse.wheel(0, 300);
    await page.mouse.click(5, 5);
    expect(await page.evaluate('scrollY')).toBe(200);
    await page.evaluate('opened.close()');
    await closed();
    expect(await page.evaluate(looks)).toBe(before);
    expect(await page.evaluate('document.activeElement.id')).toBe('buy');
  });
});
