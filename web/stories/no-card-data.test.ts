import { expect, test } from '@jest/globals';
import type { Frame, Request } from 'playwright-core';
import { anOrder } from '../../shared/testing/shop.ts';
import { inChromium } from './browser.ts';
import { CheckoutScreen, cvv, declinedCard } from './checkout-screen.ts';
import { openShop } from './shop-page.ts';
import { useStage } from './stage.ts';

/** The number as it is and as it is shown, its first six digits, and a code or a name that stand alone. */
const cardData = /4000[\s-]?0000[\s-]?0000[\s-]?0002|400000(?!0{6}\d)|(?<![\w.-])737(?![\w.-])|Asha Rao/;

/** Keeps, in every document, each message it gets and each address it goes to. */
const keepAll = `
  window.kept = [];
  addEventListener('message', ({ data, origin }) => kept.push(JSON.stringify({ data, origin })));
  for (const name of ['pushState', 'replaceState']) {
    const original = history[name];
    history[name] = function (...args) { kept.push(JSON.stringify(args)); return original.apply(this, args); };
  }`;

/** All that a document and its origin hold beside the fields of the form themselves. */
const everywhere = `(async () => {
  // A browser may deny any of them to a frame.
  const stored = (open) => { try { return JSON.stringify({ ...open() }); } catch (error) { return String(error); } };
  // The list of test instruments names this very card, whoever types it.
  const writtenHtml = () => {
    const html = document.documentElement.cloneNode(true);
    html.querySelector('[data-test-id=test-bar]')?.remove();
    return html.outerHTML;
  };
  const databases = () => Promise.resolve().then(() => indexedDB.databases()).catch(String);
  return JSON.stringify({
  kept, name, address: location.href, state: history.state, title: document.title, cookie: document.cookie,
  storage: stored(() => sessionStorage) + stored(() => localStorage), databases: await databases(),
  html: writtenHtml(),
  entries: performance.getEntriesByType('resource').map(({ name }) => name),
}); })()`;

inChromium('card data', () => {
  const stage = useStage();

  const expectNone = async (frames: Frame[]) => {
    for (const frame of frames) expect(await frame.evaluate<string>(everywhere)).not.toMatch(cardData);
  };
  /** Everything of a request that leaves the browser. */
  const textOf = async (request: Request) =>
    [request.url(), JSON.stringify(await request.allHeaders()), request.postData() ?? ''].join('\n');
  const expectOneToCarryIt = async (requests: Request[]) => {
    const texts = await Promise.all(requests.map(textOf));
    const carrying = requests.filter((_, index) => cardData.test(texts[index] ?? ''));
    expect(carrying.map((request) => `${request.method()} ${request.url()}`)).toEqual([
      `POST ${stage.apiOrigin}/api/v1/payments/public`,
    ]);
    expect(carrying[0]?.postDataJSON()).toMatchObject({ card: { number: declinedCard, cvv } });
  };

  test('the pattern finds it', () => {
    for (const text of [declinedCard, '4000 0000 0000 0002', '"cvv":"737"', 'holder Asha Rao'])
      expect(text).toMatch(cardData);
    expect('pay_a737bcdefghijklm 2026-01-01T10:31:07.737Z').not.toMatch(cardData);
  });

  test('stays in the frame and the one request, through a failure and the form again', async () => {
    const order = await anOrder();
    const { page, buy, called, calls, checkout } = await openShop(stage, order);
    const requests: Request[] = [];
    page.context().on('request', (request) => requests.push(request));
    await page.context().addInitScript(keepAll);
    await page.reload();
    await buy();
    await checkout.fillCard(declinedCard);
    await expectNone(page.frames());
    await checkout.pay('card-form').click();
    await checkout.get('processing-state').waitFor();
    await expectNone(page.frames());
    await checkout.get('error-state').waitFor();
    await expectNone(page.frames());
    await checkout.get('retry-button').click();
    await checkout.get('card-form').waitFor();
    await expectNone(page.frames());
    const kept = await page.evaluate<string[]>('kept');
    expect(kept.length).toBeGreaterThanOrEqual(3);
    await called(1);
    expect((await calls()).map(([name]) => name)).toEqual(['failure']);
    await expectOneToCarryIt(requests);
    // A reload forgets what was typed, and the browser is not asked to remember it for us.
    await page.reload();
    await buy();
    await checkout.get('method-card').click();
    expect(await checkout.get('card-number-input').inputValue()).toBe('');
    await expectNone(page.frames());
  });

  test('stays out of the address, the history and the storage of the page of its own', async () => {
    const page = await stage.newPage();
    const requests: Request[] = [];
    page.context().on('request', (request) => requests.push(request));
    await page.context().addInitScript(keepAll);
    await page.goto(stage.checkout(await anOrder()));
    const checkout = new CheckoutScreen(page);
    await checkout.payByCard(declinedCard);
    await checkout.get('processing-state').waitFor();
    await expectNone(page.frames());
    await checkout.get('error-state').waitFor();
    await expectNone(page.frames());
    await expectOneToCarryIt(requests);
  });
});
