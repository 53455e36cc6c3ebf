import { describe, expect, test } from '@jest/globals';
import { inChromium } from '../../web/stories/browser.ts';
import { soon } from './soon.ts';
import { useShop } from './use-shop.ts';

inChromium('the modal', () => {
  const shop = useShop();
  const focused = () => shop.page.evaluate<string>('document.activeElement.id || document.activeElement.tagName');
  const look = () =>
    shop.page.evaluate(`[scrollX, scrollY, innerWidth, document.querySelector('main').getBoundingClientRect().width,
      document.body.getAttribute('style'), document.documentElement.getAttribute('style'), document.adoptedStyleSheets.length]`);

  test('is the contract’s markup, in a dialog', async () => {
    await shop.buy();
    const html = await shop.page.evaluate<string>(`document.querySelector('dialog').outerHTML`);
    expect(html.replaceAll(shop.sites.checkout, 'http://localhost:3001')).toBe(
      '<dialog class="payment-gateway loaded" aria-label="Payment" tabindex="-1" open="">' +
        '<div id="payment-gateway-modal" data-test-id="payment-modal"><div class="modal-overlay"><div class="modal-content">' +
        '<iframe title="Payment" src="http://localhost:3001/checkout?order_id=order_NXhj67fGH2jk9mPq&amp;embedded=true" data-test-id="payment-iframe"></iframe>' +
        '<button type="button" class="close-button" aria-label="Close payment" data-test-id="close-modal-button">×</button>' +
        '</div></div></div></dialog>',
    );
    expect(await shop.page.evaluate(`document.querySelector('dialog').parentNode === document.body`)).toBe(true);
  });

  test('puts the order id into the address as a value', async () => {
    await shop.page.evaluate(`buy({ orderId: 'a&embedded=false#$& ü' })`);
    expect(await shop.page.getAttribute('iframe', 'src')).toBe(
      `${shop.sites.checkout}/checkout?order_id=a%26embedded%3Dfalse%23%24%26%20%C3%BC&embedded=true`,
    );
  });

  test('opened twice is one, and closes once', async () => {
    await shop.buy();
    await shop.page.evaluate('checkout.open()');
    expect(await shop.modals()).toBe(1);
    await shop.page.evaluate('checkout.close(); checkout.close()');
    expect([await shop.modals(), await shop.events()]).toEqual([0, [['close']]]);
  });

  test('is one to a page: another instance neither opens a second nor closes the first', async () => {
    await shop.buy();
    await shop.page.evaluate(`var second = new PaymentGateway({ ...options, orderId: 'order_2' });
      second.open(); second.close()`);
    expect([await shop.modals(), await shop.events()]).toEqual([1, []]);
    expect(await shop.page.getAttribute('iframe', 'src')).toContain('order_NXhj67fGH2jk9mPq');
  });

  test('opens again after closing, from onClose too', async () => {
    await shop.buy();
    await shop.page.evaluate('checkout.close(); checkout.open()');
    await shop.frame();
    await shop.page.click('.close-button');
    expect([await shop.modals(), await shop.events()]).toEqual([0, [['close'], ['close']]]);
    await shop.page.evaluate(`buy({ onClose: () => { events.push(['close']); events.length < 4 && checkout.open(); } });
      checkout.close()`);
    expect(await shop.modals()).toBe(1);
  });

  test('takes the focus, hands it to the frame, and gives it back', async () => {
    await shop.page.focus('#buy');
    await shop.page.evaluate(`buy({ orderId: 'order_silent' })`);
    expect(await focused()).toBe('DIALOG');
    await (await shop.frame()).evaluate(`say('ready')`);
    await soon(focused, 'IFRAME');
    await shop.page.click('.close-button');
    expect(await focused()).toBe('buy');
  });

  test('keeps the focus, and the page behind does not react', async () => {
    await shop.buy();
    const seen = new Set<string>();
    for (let press = 0; press < 8; press++) {
      await shop.page.keyboard.press('Tab');
      seen.add(await focused());
    }
    expect(seen.has('buy') || seen.has('other')).toBe(false);
    expect(seen).toContain('BUTTON');
    await expect(shop.page.click('#other', { timeout: 300 })).rejects.toThrow();
    await shop.page.mouse.click(5, 5);
    expect([await shop.modals(), await shop.events()]).toEqual([1, []]);
  });

  test('closes by Esc, by its button and by the frame’s word', async () => {
    await shop.buy();
    await shop.page.focus('.close-button');
    await shop.page.keyboard.press('Escape');
    expect(await shop.modals()).toBe(0);
    await shop.buy();
    await shop.page.click('.close-button');
    expect(await shop.modals()).toBe(0);
    await (await shop.buy()).evaluate(`say('close_modal')`);
    await shop.page.waitForSelector('dialog', { state: 'detached' });
    expect(await shop.events()).toEqual([['close'], ['close'], ['close']]);
  });

  describe('the page behind', () => {
    test.each(['/', '/html-scrolls'])('of %s does not scroll, and is as it was afterwards', async (path) => {
      await shop.visit(path);
      await shop.page.evaluate(`scrollTo(0, 200); document.body.style.cssText = 'overflow-y: auto; margin: 0px'`);
      const before = await look();
      await shop.buy();
      const during = await look();
      await shop.page.mouse.move(20, 400);
      await shop.page.mouse.wheel(0, 600);
      await shop.page.evaluate('new Promise((scrolled) => setTimeout(scrolled, 200))');
      expect(await look()).toEqual(during);
      expect((during as unknown[]).slice(0, 6)).toEqual((before as unknown[]).slice(0, 6));
      await shop.page.evaluate('scrollTo(0, 700); checkout.close(); checkout.close()');
      expect(await look()).toEqual(before);
      await shop.page.mouse.wheel(0, 100);
      await soon(() => shop.page.evaluate('scrollY'), 300);
    });

    test.each([
      [`document.querySelector('dialog').remove()`],
      [`document.querySelector('dialog').close()`],
      [`document.body.replaceChildren()`],
    ])('may end it by %s', async (end) => {
      const before = await look();
      await shop.buy();
      await shop.page.evaluate(end);
      await soon(() => shop.events(), [['close']]);
      expect([await shop.modals(), await shop.page.evaluate('document.adoptedStyleSheets.length')]).toEqual([0, 0]);
      if (await shop.page.locator('main').count()) {
        expect(await look()).toEqual(before);
        expect(await focused()).toBe('buy');
      }
    });

    test('may throw it out and open it again in one breath', async () => {
      await shop.buy();
      await shop.page.evaluate(`document.querySelector('dialog').remove(); checkout.open()`);
      expect([await shop.modals(), await shop.events()]).toEqual([1, [['close']]]);
    });
  });
});
