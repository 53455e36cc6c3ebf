import { expect, test } from '@jest/globals';
import { inChromium } from '../../web/stories/browser.ts';
import { soon } from './soon.ts';
import { stopClock } from './stop-clock.ts';
import { useShop } from './use-shop.ts';

inChromium('a frame that does not answer', () => {
  const shop = useShop();
  const offer = () => shop.page.locator('dialog [role=alert]');
  async function waitSilently(orderId = 'order_silent') {
    await shop.page.clock.install();
    await stopClock(shop.page);
    await shop.page.evaluate(`buy({ orderId: '${orderId}' })`);
  }

  test('is replaced after 8 s by an offer of the whole page, in the same tab', async () => {
    await waitSilently();
    await shop.page.clock.fastForward(7_000);
    expect(await offer().count()).toBe(0);
    await shop.page.clock.fastForward(1_000);
    await soon(() => offer().count(), 1);
    expect(await offer().innerText()).toContain('This is taking long.');
    const link = shop.page.getByRole('link', { name: 'Open the payment page' });
    expect(await link.boundingBox()).toMatchObject({ height: expect.any(Number) });
    await link.click();
    await shop.page.waitForURL(`${shop.sites.checkout}/checkout?order_id=order_silent`);
    expect(shop.page.context().pages()).toHaveLength(1);
  });

  test('is asked until it answers, and a late answer takes the offer back', async () => {
    await waitSilently();
    const frame = await shop.frame();
    const hellos = () => frame.evaluate<number>('heard.length');
    await shop.page.clock.fastForward(8_000);
    await soon(() => offer().count(), 1);
    const before = await hellos();
    await shop.page.clock.runFor(1_000);
    expect(await hellos()).toBeGreaterThanOrEqual(before + 4);
    await frame.evaluate(`say('ready')`);
    await soon(() => offer().count(), 0);
    expect(await shop.page.evaluate('document.activeElement.tagName')).toBe('IFRAME');
    const after = await hellos();
    await shop.page.clock.runFor(1_000);
    expect(await hellos()).toBe(after);
  });

  test('gets no offer when it has answered, or was closed before', async () => {
    await waitSilently('order_1');
    await shop.frame();
    await shop.page.clock.fastForward(20_000);
    expect(await offer().count()).toBe(0);
    await shop.page.evaluate(`checkout.close(); buy({ orderId: 'order_silent' }); checkout.close()`);
    await shop.page.clock.fastForward(20_000);
    expect(await shop.modals()).toBe(0);
  });

  test('may be one that the page’s policy forbids', async () => {
    await shop.visit('/blocking');
    await waitSilently();
    await shop.page.clock.fastForward(8_100);
    await soon(() => offer().count(), 1);
    await shop.page.keyboard.press('Escape');
    expect(await shop.modals()).toBe(0);
  });
});
