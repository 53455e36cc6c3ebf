import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { anOrder } from '../../shared/testing/shop.ts';
import { inChromium } from './browser.ts';
import { cvv, visa } from './checkout-screen.ts';
import { paymentsOf } from './payments-of.ts';
import { openShop } from './shop-page.ts';
import { useStage } from './stage.ts';

interface Focus {
  /** `page` is the shop's document outside the modal, `nowhere` its body or what the browser has around it. */
  where: 'page' | 'modal' | 'frame' | 'nowhere';
  /** The test id of what has the focus, or of the row it is in. */
  testId: string;
  top: number;
  left: number;
}

const focusIn = `(() => {
  const { activeElement } = document;
  const { top, left } = activeElement.getBoundingClientRect();
  const testId = activeElement.closest('[data-test-id]')?.dataset.testId ?? '';
  const isNowhere = activeElement === document.body || activeElement.matches('dialog');
  const where = isNowhere ? 'nowhere' : activeElement.closest('dialog') ? 'modal' : 'page';
  return { where, testId, top, left };
})()`;

async function focusOf(page: Page): Promise<Focus> {
  const outside = await page.evaluate<Focus>(focusIn);
  const frame = page.frames()[1];
  if (outside.testId !== 'payment-iframe' || !frame) return outside;
  return { ...(await frame.evaluate<Focus>(focusIn)), where: 'frame' };
}

async function pressUntil(page: Page, key: string, testId: string): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    if ((await focusOf(page)).testId === testId) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${testId}, but to ${JSON.stringify(await focusOf(page))}`);
}

inChromium('with nothing but a keyboard', () => {
  const stage = useStage();

  /** The shop with the modal opened, from the keyboard as everything here. */
  const opened = async (orderId: string) => {
    const shop = await openShop(stage, orderId);
    await shop.page.keyboard.press('Tab');
    await shop.page.keyboard.press('Enter');
    await shop.checkout.get('vpa-input').waitFor();
    await shop.page.waitForFunction(`document.activeElement.matches('iframe')`);
    return shop;
  };
  const expectPaid = async (orderId: string, method: string) =>
    expect(await paymentsOf(stage, orderId)).toMatchObject([{ method, status: 'success' }]);

  test('UPI is paid, and the focus is back at the button that bought', async () => {
    const order = await anOrder();
    const { page, calls, closed } = await opened(order);
    await pressUntil(page, 'Tab', 'vpa-input');
    await page.keyboard.type('success@test');
    await pressUntil(page, 'Tab', 'pay-button');
    await page.keyboard.press('Enter');
    await closed();
    expect((await calls()).map(([name]) => name)).toEqual(['success', 'close']);
    expect(await page.evaluate('document.activeElement.id')).toBe('buy');
    await expectPaid(order, 'upi');
  });

  test('a card is chosen with an arrow, typed in, declined, tried again and paid', async () => {
    const order = await anOrder();
    const { page, checkout, closed } = await opened(order);
    await pressUntil(page, 'Tab', 'method-upi');
    await page.keyboard.press('ArrowDown');
    await checkout.get('card-form').waitFor();
    for (const [testId, text] of [
      ['card-number-input', '4000000000000002'],
      ['expiry-input', '1234'],
      ['cvv-input', cvv],
      ['cardholder-name-input', 'Asha Rao'],
    ] as const) {
      await pressUntil(page, 'Tab', testId);
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    await checkout.get('error-state').waitFor();
    await pressUntil(page, 'Tab', 'retry-button');
    await page.keyboard.press('Enter');
    await checkout.get('card-form').waitFor();
    await pressUntil(page, 'Shift+Tab', 'card-number-input');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(visa);
    await pressUntil(page, 'Tab', 'cvv-input');
    await page.keyboard.type(cvv);
    await pressUntil(page, 'Tab', 'pay-button');
    await page.keyboard.press('Space');
    await closed();
    expect((await paymentsOf(stage, order)).map(({ status }) => status)).toEqual(['failed', 'success']);
  });

  test.each(['Tab', 'Shift+Tab'])('%s goes round in the dialog and never gets to the page behind', async (key) => {
    const { page } = await opened(await anOrder());
    const places = new Set<string>();
    for (let presses = 0; presses < 24; presses++) {
      await page.keyboard.press(key);
      const { where, testId } = await focusOf(page);
      expect(where).not.toBe('page');
      places.add(testId);
    }
    for (const testId of ['vpa-input', 'pay-button', 'close-modal-button']) expect(places).toContain(testId);
  });

  test('the focus goes as the eye does, and is seen', async () => {
    const { page, checkout } = await opened(await anOrder());
    await checkout.get('method-card').click();
    await checkout.get('card-number-input').waitFor();
    await pressUntil(page, 'Shift+Tab', 'method-card');
    const order: Focus[] = [];
    while (order.at(-1)?.testId !== 'pay-button' && order.length < 12) {
      await page.keyboard.press('Tab');
      order.push(await focusOf(page));
      const ring = await page.frames()[1]?.evaluate(() => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement ?? document.body);
        return outlineStyle !== 'none' ? parseFloat(outlineWidth) : boxShadow === 'none' ? 0 : 2;
      });
      expect(ring).toBeGreaterThanOrEqual(2);
    }
    expect(order.map(({ testId }) => testId)).toEqual([
      'card-number-input',
      'expiry-input',
      'cvv-input',
      'cardholder-name-input',
      'pay-button',
    ]);
    const sameRow = (a: Focus, b: Focus) => Math.abs(a.top - b.top) < 8;
    const seen = [...order].sort((a, b) => (sameRow(a, b) ? a.left - b.left : a.top - b.top));
    expect(seen).toEqual(order);
  });
});
