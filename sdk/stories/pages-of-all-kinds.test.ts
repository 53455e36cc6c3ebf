import { expect, test } from '@jest/globals';
import { inChromium } from '../../web/stories/browser.ts';
import { useShop } from './use-shop.ts';

inChromium('pages of all kinds', () => {
  const shop = useShop();
  const boxOf = (selector: string) => shop.page.locator(selector).boundingBox();
  async function troubles(act: () => Promise<unknown>) {
    const said: string[] = [];
    shop.page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    shop.page.on('pageerror', (error) => said.push(error.message));
    await act();
    await shop.page.evaluate('new Promise((said) => setTimeout(said, 350))');
    return said;
  }
  /** On a window of 1280 by 720: centred, and above everything. */
  async function expectCard() {
    expect(await boxOf('.modal-content')).toEqual({ x: 420, y: 16, width: 440, height: 688 });
    expect(await boxOf('iframe')).toEqual({ x: 420, y: 16, width: 440, height: 688 });
    expect(await boxOf('.close-button')).toEqual({ x: 810, y: 22, width: 44, height: 44 });
    expect(await shop.page.evaluate(`document.elementFromPoint(640, 400).tagName`)).toBe('IFRAME');
    const shades = `[getComputedStyle(document.querySelector('.modal-overlay')).backgroundColor,
      getComputedStyle(document.querySelector('iframe')).opacity, getComputedStyle(document.querySelector('button.close-button')).fontSize]`;
    expect(await shop.page.evaluate(shades)).toEqual(['rgba(11, 17, 25, 0.65)', '1', '24px']);
  }

  test.each(['/', '/csp', '/trusted-types', '/hostile', '/module'])(
    '%s shows the card and says no error',
    async (path) => {
      await shop.visit(path);
      expect(await troubles(() => shop.buy())).toEqual([]);
      await expectCard();
      expect(await troubles(() => shop.page.click('.close-button'))).toEqual([]);
      expect(await shop.events()).toEqual([['close']]);
    },
  );

  test('a phone gets a sheet over the whole screen', async () => {
    await shop.visit('/', { viewport: { width: 375, height: 740 }, isMobile: true, hasTouch: true });
    await shop.buy();
    expect(await boxOf('.modal-content')).toEqual({ x: 0, y: 0, width: 375, height: 740 });
    expect(await boxOf('.close-button')).toEqual({ x: 325, y: 6, width: 44, height: 44 });
    await shop.page.tap('.close-button');
    expect(await shop.modals()).toBe(0);
  });

  test.each([
    ['no-preference', '0.15s'],
    ['reduce', '0s'],
  ] as const)('motion: %s', async (reducedMotion, duration) => {
    await shop.visit('/', { reducedMotion });
    await shop.buy();
    const overlay = `getComputedStyle(document.querySelector('.modal-overlay')).transitionDuration`;
    expect(await shop.page.evaluate(overlay)).toBe(duration);
  });

  test.each([
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(23, 27, 34)'],
  ] as const)('%s colours', async (colorScheme, background) => {
    await shop.visit('/', { colorScheme });
    const frame = await shop.buy();
    const card = `getComputedStyle(document.querySelector('.modal-content')).backgroundColor`;
    expect(await shop.page.evaluate(card)).toBe(background);
    expect(await frame.evaluate(`matchMedia('(prefers-color-scheme: ${colorScheme})').matches`)).toBe(true);
  });

  test('a script in the head opens later', async () => {
    await shop.visit('/head');
    await shop.buy();
    expect(await shop.modals()).toBe(1);
  });

  test('included twice, there is one class', async () => {
    await shop.visit('/twice');
    expect(await shop.page.evaluate('PaymentGateway === first')).toBe(true);
    await shop.buy();
    expect(await shop.modals()).toBe(1);
  });

  test('the checkout is where the script came from, unless the option says where', async () => {
    await shop.visit('/elsewhere');
    await shop.page.evaluate('buy(); checkout.close()');
    await shop.page.evaluate(`document.addEventListener('DOMContentLoaded', () => {}); buy()`);
    expect(await shop.page.getAttribute('iframe', 'src')).toMatch(`${shop.sites.shop}/checkout?order_id=`);
    await shop.page.evaluate(`checkout.close(); buy({ checkoutOrigin: '${shop.sites.checkout}' })`);
    await shop.frame();
  });

  test('the module has a default of the same class, whose checkout is the local one', async () => {
    await shop.visit('/module');
    expect(await shop.page.evaluate('Object.getPrototypeOf(PaymentGateway) === Default')).toBe(true);
    await shop.page.evaluate('var own = new Default(options); own.open()');
    expect(await shop.page.getAttribute('iframe', 'src')).toMatch('http://localhost:3001/checkout?order_id=');
  });

  test('called without new it says so, and by its name', async () => {
    const error = `(() => { try { PaymentGateway({}) } catch (error) { return [error.name, error.message] } })()`;
    expect(await shop.page.evaluate(error)).toEqual([
      'TypeError',
      `Class constructor PaymentGateway cannot be invoked without 'new'`,
    ]);
  });
});
