import { expect, test } from '@jest/globals';
import { anOrder } from '../../shared/testing/shop.ts';
import { inChromium } from './browser.ts';
import { CheckoutScreen } from './checkout-screen.ts';
import { openShop } from './shop-page.ts';
import { useStage } from './stage.ts';

const forgeries = [
  { type: 'payment_success', data: { paymentId: 'pay_forged0000000000', orderId: 'order_forged', status: 'success' } },
  { type: 'payment_failed', data: { code: 'PAYMENT_FAILED', description: 'forged', paymentId: null } },
  { type: 'close_modal', data: {} },
  { type: 'processing', data: { isProcessing: true } },
  { type: 'ready', data: {} },
];
/** What a page is told by others than itself. */
const told =
  'window.told = []; addEventListener("message", ({ source, data }) => source !== window && told.push(data));';
/** Time for messages that were sent to arrive, of which there should be none. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 300));

inChromium('hostile pages', () => {
  const stage = useStage();

  test('what a sibling frame or the page itself forges is not heard', async () => {
    const sibling = stage.stranger.publish(`<!doctype html><title>Advertisement</title><script>${told}
      const forgeries = ${JSON.stringify(forgeries)};
      window.forge = () => {
        for (const forgery of forgeries) parent.postMessage(forgery, '*');
        for (let n = 0; n < parent.frames.length; n++)
          for (const type of ['hello', 'close_requested']) parent.frames[n].postMessage({ type, data: {} }, '*');
      };
    </script>`);
    const more = `<iframe id="sibling" title="Advertisement" src="${sibling}"></iframe>`;
    const { page, buy, called, calls, checkout, closed } = await openShop(stage, await anOrder(), { more });
    await buy();
    await checkout.get('order-summary').waitFor();
    const stranger = page.frames().find((frame) => frame.url() === sibling);
    const forge = async () => {
      await stranger?.evaluate('forge()');
      await page.evaluate(`for (const forgery of ${JSON.stringify(forgeries)}) postMessage(forgery, '*')`);
      await aWhile();
    };
    await forge();
    expect(await calls()).toEqual([]);
    expect(await page.getByTestId('payment-modal').isVisible()).toBe(true);

    await checkout.payByUpi('failure@test');
    await checkout.get('processing-state').waitFor();
    await forge();
    expect(await checkout.at.getByRole('alertdialog').count()).toBe(0);
    await checkout.get('error-state').waitFor();
    await called(1);
    expect((await calls()).map(([name]) => name)).toEqual(['failure']);
    // The real one still is heard, and the stranger was told nothing of it all.
    await page.getByTestId('close-modal-button').click();
    await closed();
    expect(await stranger?.evaluate('told')).toEqual([]);
  });

  test('a window of the checkout that is not the frame of the modal is not heard', async () => {
    const { page, buy, calls, checkout } = await openShop(stage, await anOrder());
    await buy();
    await checkout.get('order-summary').waitFor();
    await page.evaluate(
      (address) => {
        const frame = Object.assign(document.createElement('iframe'), { src: address, id: 'second' });
        document.body.append(frame);
      },
      stage.checkout(await anOrder(), { embedded: 'true' }),
    );
    const second = await (await page.waitForSelector('#second', { state: 'attached' })).contentFrame();
    await second?.waitForURL('**/checkout**');
    await second?.evaluate((sent) => {
      for (const forgery of sent) parent.postMessage(forgery, '*');
    }, forgeries);
    await aWhile();
    expect(await calls()).toEqual([]);
    expect(await page.getByTestId('payment-modal').isVisible()).toBe(true);
  });

  test('a page that never says who it is hears nothing, whatever happens in the frame', async () => {
    const address = stage.checkout(await anOrder(), { embedded: 'true' });
    const page = await stage.newPage();
    await page.goto(
      stage.stranger.publish(`<!doctype html><title>A stranger</title><script>${told}</script>
        <iframe title="Payment" width="400" height="640" src="${address}"></iframe>`),
    );
    const checkout = new CheckoutScreen(page.frameLocator('iframe'));
    await checkout.payByUpi();
    await checkout.reads('success-state');
    await aWhile();
    expect(await page.evaluate('told')).toEqual([]);
  });

  test('only the first page that says hello is answered: the frame moved elsewhere tells nobody', async () => {
    const address = stage.checkout(await anOrder(), { embedded: 'true' });
    const page = await stage.newPage();
    await page.goto(
      stage.merchant.publish(`<!doctype html><title>A shop</title><script>${told}</script>
        <iframe title="Payment" width="400" height="640" src="${address}"></iframe>`),
    );
    const checkout = new CheckoutScreen(page.frameLocator('iframe'));
    await checkout.get('order-summary').waitFor();
    const say = (type: string, origin: string) =>
      page.evaluate(([message, target]) => frames[0]?.postMessage({ type: message, data: {} }, target), [
        type,
        origin,
      ] as const);
    await say('close_requested', stage.checkoutOrigin);
    await aWhile();
    expect(await page.evaluate('told')).toEqual([]);
    await say('hello', stage.checkoutOrigin);
    await page.waitForFunction('told.length === 1');
    await say('close_requested', stage.checkoutOrigin);
    await page.waitForFunction('told.length === 2');
    expect(await page.evaluate('told.map(({ type }) => type)')).toEqual(['ready', 'close_modal']);
  });

  test.each([{}, { embedded: 'false' }, { embedded: 'TRUE' }])('a page may not frame it with %j', async (more) => {
    const address = stage.checkout(await anOrder(), more);
    const page = await stage.newPage({ tolerates: /frame-ancestors|ERR_BLOCKED_BY_RESPONSE|X-Frame-Options/ });
    await page.goto(
      stage.stranger.publish(
        `<!doctype html><title>A stranger</title><iframe title="Payment" src="${address}"></iframe>`,
      ),
    );
    await aWhile();
    expect(await page.frameLocator('iframe').getByTestId('checkout-container').count()).toBe(0);
  });

  test.each(['success', 'failure'])('a page may not frame /%s either', async (path) => {
    const page = await stage.newPage({ tolerates: /frame-ancestors|ERR_BLOCKED_BY_RESPONSE|X-Frame-Options/ });
    const address = `${stage.checkoutOrigin}/${path}?payment_id=pay_0000000000000000`;
    await page.goto(
      stage.stranger.publish(
        `<!doctype html><title>A stranger</title><iframe title="Payment" src="${address}"></iframe>`,
      ),
    );
    await aWhile();
    expect(await page.frameLocator('iframe').getByTestId('checkout-container').count()).toBe(0);
  });
});
