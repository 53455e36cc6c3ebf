import { expect, test } from '@jest/globals';
import { inChromium, useChromium } from './browser.ts';

inChromium('the browser of the stories', () => {
  const chromium = useChromium();

  test('leaves off all that Playwright leaves off', async () => {
    const session = await chromium.browser.newBrowserCDPSession();
    const { commandLine } = await session.send('SystemInfo.getInfo');
    const lists = [...commandLine.matchAll(/--disable-features=(\S+)/g)].map(([, list]) => list!.split(','));
    const [playwrights, obeyed] = [lists[0], lists.at(-1)];
    expect(playwrights).toContain('PaintHolding');
    expect(obeyed).toEqual(expect.arrayContaining(playwrights!));
    expect(obeyed).toContain('WebUIOmniboxPopup');
  });
});
