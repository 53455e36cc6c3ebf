import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { anOrder } from '../../shared/testing/shop.ts';
import { inChromium } from './browser.ts';
import { CheckoutScreen } from './checkout-screen.ts';
import { openShop } from './shop-page.ts';
import { useStage } from './stage.ts';

/** A browser's own zoom lays out as a smaller window of more pixels does. */
const sizes = {
  '320 px wide': { viewport: { width: 320, height: 568 } },
  'zoomed to 400 %': { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
  'with text of 200 %': { viewport: { width: 375, height: 667 } },
};

inChromium('small windows and large text', () => {
  const stage = useStage({ TEST_PROCESSING_DELAY: '800' });

  /** What sticks out to the side, by test id or tag, and text that is cut off. */
  const sticksOut = (at: Pick<Page, 'evaluate'>) =>
    at.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      const outside = [...document.querySelectorAll<HTMLElement>('main *')].filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const isUnseen = width <= 1 || getComputedStyle(element).visibility === 'hidden';
        return !isUnseen && (left < -1 || right > clientWidth + 1);
      });
      const names = outside.map((element) => element.dataset['testId'] ?? element.outerHTML.slice(0, 80));
      return scrollWidth > clientWidth ? [`scrolls ${scrollWidth} in ${clientWidth}`, ...names] : names;
    });

  test.each(Object.entries(sizes))('%s: every screen fits, and Pay can be pressed', async (name, size) => {
    const page = await stage.newPage(size);
    const checkout = new CheckoutScreen(page);
    const fits = async (screen: string) => {
      if (name.includes('200')) await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
      expect({ screen, sticksOut: await sticksOut(page) }).toEqual({ screen, sticksOut: [] });
    };
    await page.goto(stage.checkout(await anOrder(123_456_789_00)));
    await checkout.get('vpa-input').waitFor();
    await fits('UPI');
    await checkout.fillCard('4000000000009995');
    await fits('card');
    await checkout.pay('card-form').scrollIntoViewIfNeeded();
    const box = await checkout.pay('card-form').boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(box && box.y + box.height).toBeLessThanOrEqual(size.viewport.height);
    await checkout.pay('card-form').click();
    await checkout.get('processing-state').waitFor();
    await fits('processing');
    await checkout.get('error-state').waitFor();
    await fits('failed');
    await checkout.get('retry-button').click();
    await checkout.payByUpi();
    await checkout.get('success-state').waitFor();
    await fits('success');
  });

  test('in the modal at 320 px Pay and the way out can be pressed', async () => {
    const { page, buy, checkout, closed } = await openShop(stage, await anOrder(), {
      visit: { viewport: { width: 320, height: 480 } },
    });
    await buy();
    await checkout.fillCard();
    const frame = page.frames()[1];
    expect(frame && (await sticksOut(frame))).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    const close = await page.getByTestId('close-modal-button').boundingBox();
    expect(Math.min(close?.width ?? 0, close?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await checkout.pay('card-form').click();
    await closed();
  });
});
