import { expect, test } from '@jest/globals';
import type { Request, Route } from 'playwright-core';
import { anOrder } from '../../shared/testing/shop.ts';
import { inChromium } from './browser.ts';
import { CheckoutScreen } from './checkout-screen.ts';
import { chargesOf, paymentsOf } from './payments-of.ts';
import { useStage, type Visit } from './stage.ts';

inChromium('one wish to pay is one payment', () => {
  const stage = useStage();

  /** The checkout with a VPA typed in, and what to do with the requests that pay. */
  const opened = async (orderId: string, fate?: (route: Route) => Promise<void>, visit?: Visit) => {
    const page = await stage.newPage(visit);
    const sent: Request[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request));
    if (fate) await page.route('**/payments/public', (route) => fate(route));
    await page.goto(stage.checkout(orderId));
    const checkout = new CheckoutScreen(page);
    await checkout.fillUpi('success@test');
    return { page, checkout, sent };
  };
  const expectPaidOnce = async (orderId: string, checkout: CheckoutScreen) => {
    await checkout.reads('success-state');
    expect(await paymentsOf(stage, orderId)).toHaveLength(1);
    expect(await chargesOf(stage, orderId)).toBe(1);
  };

  test('by a double click', async () => {
    const order = await anOrder();
    const { checkout, sent } = await opened(order);
    await checkout.pay('upi-form').dblclick();
    await expectPaidOnce(order, checkout);
    expect(sent).toHaveLength(1);
  });

  test('by Enter twice', async () => {
    const order = await anOrder();
    const { page, checkout, sent } = await opened(order);
    await checkout.get('vpa-input').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expectPaidOnce(order, checkout);
    expect(sent).toHaveLength(1);
  });

  test('by three clicks in one turn of the page', async () => {
    const order = await anOrder();
    const { checkout, sent } = await opened(order);
    await checkout.pay('upi-form').evaluate((button: HTMLElement) => {
      for (let clicks = 1; clicks <= 3; clicks++) button.click();
    });
    await expectPaidOnce(order, checkout);
    expect(sent).toHaveLength(1);
  });

  test('over a slow network, however often it is pressed', async () => {
    const order = await anOrder();
    const { page, checkout, sent } = await opened(order, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
    const { x = 0, y = 0, width = 0, height = 0 } = (await checkout.pay('upi-form').boundingBox()) ?? {};
    for (let clicks = 1; clicks <= 5; clicks++) await page.mouse.click(x + width / 2, y + height / 2);
    await expectPaidOnce(order, checkout);
    expect(sent).toHaveLength(1);
  });

  test.each([
    [
      'the answer is lost',
      async (route: Route) => {
        await route.fetch();
      },
    ],
    ['the request is lost', async () => undefined],
  ])('when %s, under the same key', async (_, first) => {
    const order = await anOrder();
    let isFirst = true;
    const fate = async (route: Route) => {
      if (!isFirst) return route.continue();
      isFirst = false;
      await first(route);
      await route.abort('connectionreset');
    };
    const { checkout, sent } = await opened(order, fate, { tolerates: /ERR_CONNECTION_RESET/ });
    await checkout.pay('upi-form').click();
    await expectPaidOnce(order, checkout);
    const keys = sent.map((request) => request.headers()['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^\S{8,}$/);
    expect(new Set(keys).size).toBe(1);
  });
});
