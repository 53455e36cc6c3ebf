import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { BrowserContextOptions, Frame, Page } from 'playwright-core';
import { useChromium } from '../../web/stories/browser.ts';
import { buildSdk, type BuiltSdk } from './built-sdk.ts';
import { serveSites, type Sites } from './sites.ts';

/** A merchant's page in a real browser, with the SDK as it is built and a checkout that does what the test says. */
export interface Shop {
  readonly page: Page;
  readonly sites: Sites;
  /** Loads another of the merchant's pages, in a browser of another kind if told so. */
  visit: (path: string, context?: BrowserContextOptions) => Promise<void>;
  /** Clicks Buy and waits until the frame has answered. */
  buy: () => Promise<Frame>;
  /** The frame of the open modal, once it has answered. */
  frame: () => Promise<Frame>;
  /** Waits until the page has heard all that the frame has said so far: what one window says to another arrives in order. */
  heardAll: (frame: Frame) => Promise<void>;
  /** What the callbacks and the error event were given, in order. */
  events: () => Promise<unknown[]>;
  modals: () => Promise<number>;
}

export function useShop(): Shop {
  const chromium = useChromium();
  let sdk: BuiltSdk;
  let sites: Sites;
  let page: Page;
  beforeAll(async () => {
    sdk = await buildSdk();
    sites = await serveSites(sdk);
  });
  afterAll(() => {
    sites.close();
    sdk.remove();
  });
  beforeEach(() => visit('/', {}));
  afterEach(() => Promise.all(chromium.browser.contexts().map((context) => context.close())));

  async function visit(path: string, context?: BrowserContextOptions) {
    if (context) page = await chromium.browser.newPage(context);
    await page.goto(sites.shop + path);
  }
  async function frame() {
    const element = await page.waitForSelector('[data-test-id=payment-iframe]', { state: 'attached' });
    const content = await element.contentFrame();
    if (!content) throw new Error('the modal is gone');
    await content.waitForFunction('window.heard?.some(({ type }) => type === "hello")');
    await heardAll(content);
    return content;
  }
  async function heardAll(frame: Frame) {
    await page.evaluate(`void (window.lastHeard = new Promise((heard) =>
      addEventListener('message', function listen({ data }) {
        if (data !== 'the last') return;
        removeEventListener('message', listen);
        heard();
      })))`);
    await frame.evaluate(`parent.postMessage('the last', '*')`);
    await page.evaluate('lastHeard');
  }
  return {
    get page() {
      return page;
    },
    get sites() {
      return sites;
    },
    visit,
    frame,
    heardAll,
    async buy() {
      await page.click('#buy');
      return frame();
    },
    events: () => page.evaluate<unknown[]>('events'),
    modals: () => page.locator('#payment-gateway-modal').count(),
  };
}
