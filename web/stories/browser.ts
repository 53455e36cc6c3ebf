import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { chromiumSwitches } from './chromium-switches.ts';

/** Where `npm test` found a browser. Without one it has said so, and the stories that need one are skipped. */
const program = process.env['TEST_CHROMIUM'];

export const inChromium = program ? describe : describe.skip;

/** @throws Error when `npm test` found no Chromium. */
export function launchChromium(): Promise<Browser> {
  if (!program) throw new Error('no Chromium: TEST_CHROMIUM is not set, which npm test does');
  return chromium.launch({ executablePath: program, args: [...chromiumSwitches] });
}

/** One browser for the tests of a block. A context for each of them keeps them apart. */
export function useChromium(): { readonly browser: Browser } {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return {
    get browser() {
      if (browser === undefined) throw new Error('the browser has not started yet');
      return browser;
    },
  };
}
