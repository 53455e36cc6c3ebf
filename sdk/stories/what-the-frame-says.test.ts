import { describe, expect, test } from '@jest/globals';
import { inChromium } from '../../web/stories/browser.ts';
import { useShop } from './use-shop.ts';

const success = { paymentId: 'pay_H8sK3jD9s2L1pQr4', orderId: 'order_NXhj67fGH2jk9mPq', status: 'success' };
const failure = { code: 'PAYMENT_FAILED', description: 'Declined', paymentId: 'pay_H8sK3jD9s2L1pQr4' };

inChromium('what the frame says', () => {
  const shop = useShop();
  const say = (type: string, data: unknown) => `say('${type}', ${JSON.stringify(data)})`;
  /** Long enough for any message under way. */
  const settle = () => shop.page.evaluate('new Promise((settled) => setTimeout(settled, 100))');

  test('it learns whom it may answer by hello, at the checkout’s origin', async () => {
    const frame = await shop.buy();
    expect(await frame.evaluate('heard')).toEqual([{ type: 'hello', origin: shop.sites.shop }]);
  });

  test('a failure leaves the modal open, a success closes it', async () => {
    const frame = await shop.buy();
    await frame.evaluate(say('payment_failed', failure));
    await frame.evaluate(say('payment_failed', { ...failure, paymentId: null, card: '4111111111111111' }));
    await settle();
    expect(await shop.modals()).toBe(1);
    await frame.evaluate(say('payment_success', { ...success, more: true }));
    await shop.page.waitForSelector('dialog', { state: 'detached' });
    expect(await shop.events()).toEqual([
      ['failure', failure],
      ['failure', { ...failure, paymentId: null }],
      ['success', success],
      ['close'],
    ]);
  });

  test('a success said twice is one, and nothing is heard after the end', async () => {
    const frame = await shop.buy();
    await frame.evaluate(`${say('payment_success', success)}; ${say('payment_success', success)}; say('close_modal')`);
    await shop.page.waitForSelector('dialog', { state: 'detached' });
    await settle();
    expect(await shop.events()).toEqual([['success', success], ['close']]);
  });

  test('no listener of the page’s is left after closing', async () => {
    const devtools = await shop.page.context().newCDPSession(shop.page);
    const listeners = async () => {
      const { result } = await devtools.send('Runtime.evaluate', { expression: 'window' });
      const all = await devtools.send('DOMDebugger.getEventListeners', { objectId: result.objectId! });
      return all.listeners.filter(({ type }) => type === 'message');
    };
    await shop.buy();
    expect(await listeners()).toHaveLength(1);
    await shop.page.evaluate('checkout.close()');
    expect(await listeners()).toEqual([]);
  });

  test('callbacks that throw are reported and break nothing', async () => {
    await shop.page.evaluate(`buy(Object.fromEntries(['onSuccess', 'onFailure', 'onClose'].map((name) =>
      [name, () => { throw new Error(name + ' broke'); }])))`);
    const frame = await shop.frame();
    await frame.evaluate(`${say('payment_failed', failure)}; ${say('payment_success', success)}`);
    await shop.page.waitForSelector('dialog', { state: 'detached' });
    expect(await shop.events()).toEqual(
      ['onFailure', 'onSuccess', 'onClose'].map((name) => ['error', `Uncaught Error: ${name} broke`]),
    );
    await shop.buy();
  });

  test('callbacks may be left out', async () => {
    await shop.page.evaluate(`new PaymentGateway({ key: 'k', orderId: 'o' }).open()`);
    await (await shop.frame()).evaluate(`${say('payment_failed', failure)}; ${say('payment_success', success)}`);
    await shop.page.waitForSelector('dialog', { state: 'detached' });
    expect(await shop.events()).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['payment_success', { ...success, status: 'failed' }],
    ['payment_success', { ...success, paymentId: 7 }],
    ['payment_success', null],
    ['payment_failed', { ...failure, code: undefined }],
    ['payment_failed', { ...failure, description: {} }],
    ['payment_failed', { ...failure, paymentId: 7 }],
    ['processing', { isProcessing: 'yes' }],
    ['toString', {}],
    ['paid', {}],
  ])('%s with %j is nothing', async (type, data) => {
    const frame = await shop.buy();
    await frame.evaluate(say(type, data));
    await frame.evaluate(`parent.postMessage(null, embedder); parent.postMessage('close_modal', embedder)`);
    await settle();
    expect([await shop.modals(), await shop.events()]).toEqual([1, []]);
    await shop.page.click('.close-button');
    expect(await shop.modals()).toBe(0);
  });

  describe('others say the same', () => {
    const everything = [say('payment_failed', failure), say('payment_success', success), `say('close_modal')`].join(
      ';',
    );
    const nothingHappened = async () => {
      await settle();
      expect([await shop.modals(), await shop.events()]).toEqual([1, []]);
    };

    test('a frame of another origin', async () => {
      await shop.visit('/sibling');
      await shop.buy();
      await shop.page.frame({ name: 'stranger' })!.evaluate('shout()');
      await nothingHappened();
    });

    test('another frame of the checkout’s origin', async () => {
      await shop.visit('/twin');
      await shop.buy();
      await shop.page.frame({ name: 'twin' })!.evaluate(`embedder = '${shop.sites.shop}'; ${everything}`);
      await nothingHappened();
    });

    test('the page itself', async () => {
      await shop.buy();
      await shop.page.evaluate(`var say = (type, data = {}) => postMessage({ type, data }, '*'); ${everything}`);
      await nothingHappened();
    });

    test('the frame, once it shows somebody else’s page, which is not told hello either', async () => {
      const frame = await shop.buy();
      await frame.goto(`${shop.sites.stranger}/posting`);
      await frame.evaluate('window.heard = []; onmessage = ({ data }) => heard.push(data)');
      await frame.evaluate('shout()');
      await nothingHappened();
      expect(await frame.evaluate('heard')).toEqual([]);
    });
  });
});
