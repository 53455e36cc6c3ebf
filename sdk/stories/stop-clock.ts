import type { Page } from 'playwright-core';

/** From here on time passes only where the test says so, however busy the machine is. The page's clock was installed before. */
export const stopClock = async (page: Page): Promise<void> =>
  page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + 1_000);
