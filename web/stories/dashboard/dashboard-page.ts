import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { testMerchant } from '../../../shared/merchants/test-merchant.ts';
import type { Stage, Visit } from '../stage.ts';

/** A page of the dashboard, where the test merchant is signed in. */
export async function openDashboard(stage: Stage, path: string, visit: Visit = {}): Promise<Page> {
  // What signing in on the page would have noted beside the cookie.
  const localStorage = [{ name: 'signed_in', value: '1' }];
  const storageState = { cookies: [], origins: [{ origin: stage.dashboardOrigin, localStorage }] };
  const page = await stage.newPage({ viewport: { width: 1280, height: 800 }, storageState, ...visit });
  const answer = await page.context().request.post(`${stage.dashboardOrigin}/api/v1/auth/login`, {
    headers: { Origin: stage.dashboardOrigin },
    data: { email: testMerchant.email, password: 'any' },
  });
  expect(answer.status()).toBe(200);
  await page.goto(stage.dashboardOrigin + path);
  await page.locator('main h1').waitFor();
  return page;
}

/** The texts of the elements with a test id, as they are in the document. */
export const textsOf = async (page: Page, testId: string): Promise<string[]> =>
  (await page.getByTestId(testId).allTextContents()).map((text) => text.trim());

/** The path and query that the page is at. */
export const placeOf = (page: Page): string => page.url().replace(new URL(page.url()).origin, '');
