import type { Page } from 'playwright-core';

/**
 * Keeps the checkout from learning how its payment goes until the answer of this is called: what a story does while a payment is
 * processing then has all the time it needs.
 */
export async function holdPayments(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  await page.route('**/payments/*/public', async (route) => {
    await promise;
    // Whoever asked may be gone: a frame that was closed, a page that was left.
    await route.fallback().catch(() => undefined);
  });
  return () => resolve(undefined);
}
