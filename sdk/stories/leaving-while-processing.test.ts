import { expect, test } from '@jest/globals';
import { inChromium } from '../../web/stories/browser.ts';
import { soon } from './soon.ts';
import { stopClock } from './stop-clock.ts';
import { useShop } from './use-shop.ts';

inChromium('while a payment is processing', () => {
  const shop = useShop();
  async function processing() {
    const frame = await shop.buy();
    await frame.evaluate(`say('processing', { isProcessing: true })`);
    await shop.heardAll(frame);
    const asked = () => frame.evaluate<number>(`heard.filter(({ type }) => type === 'close_requested').length`);
    return { frame, asked };
  }

  test('the button and Esc let the frame ask, and it has the focus for that', async () => {
    const { frame, asked } = await processing();
    await shop.page.click('.close-button');
    await soon(asked, 1);
    expect(await shop.page.evaluate('document.activeElement.tagName')).toBe('IFRAME');
    await shop.page.focus('.close-button');
    await shop.page.keyboard.press('Escape');
    await soon(asked, 2);
    expect([await shop.modals(), await shop.events()]).toEqual([1, []]);
    await frame.evaluate(`say('close_modal')`);
    await shop.page.waitForSelector('dialog', { state: 'detached' });
    expect(await shop.events()).toEqual([['close']]);
  });

  test('Esc again and again is no way round', async () => {
    const { asked } = await processing();
    for (let press = 1; press <= 3; press++) {
      await shop.page.evaluate(`document.querySelector('.close-button').focus()`);
      await shop.page.keyboard.press('Escape');
      await soon(asked, press);
    }
    expect(await shop.page.evaluate(`document.querySelector('dialog').matches(':modal')`)).toBe(true);
    expect(await shop.events()).toEqual([]);
  });

  test('once it is over, they close again', async () => {
    const { frame } = await processing();
    await frame.evaluate(`say('processing', { isProcessing: false })`);
    await shop.heardAll(frame);
    await shop.page.click('.close-button');
    expect(await shop.modals()).toBe(0);
  });

  test('close() closes: the page means it', async () => {
    await processing();
    await shop.page.evaluate('checkout.close()');
    expect([await shop.modals(), await shop.events()]).toEqual([0, [['close']]]);
  });

  test('a frame that has begun anew is greeted anew, and processes nothing', async () => {
    const { frame } = await processing();
    // What the old document heard says nothing of the new one.
    await frame.evaluate('heard = []; location.reload()');
    await shop.frame();
    await shop.page.click('.close-button');
    expect(await shop.modals()).toBe(0);
  });

  test('a frame that has died keeps nobody; one that asks has all the time', async () => {
    await shop.page.clock.install();
    const { frame, asked } = await processing();
    await shop.page.click('.close-button');
    await soon(asked, 1);
    await soon(() => frame.evaluate(`heard.filter(({ type }) => type === 'hello').length`), 2);
    await shop.heardAll(frame);
    await stopClock(shop.page);
    await shop.page.clock.fastForward(60_000);
    expect(await shop.modals()).toBe(1);
    await frame.evaluate('say = () => {}');
    await shop.page.click('.close-button');
    await shop.page.clock.fastForward(1_500);
    expect(await shop.modals()).toBe(1);
    await shop.page.clock.fastForward(600);
    expect([await shop.modals(), await shop.events()]).toEqual([0, [['close']]]);
  });
});
