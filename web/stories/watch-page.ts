import type { Page } from 'playwright-core';

/** The browser's own word for a request that its page no longer wanted, as when it went away. */
const LEFT = 'net::ERR_ABORTED';

/**
 * Everything that went wrong on a page or in one of its frames, as it happens: errors and warnings on the console (the
 * browser reports refused content there, too), uncaught errors, requests without an answer.
 */
export function watchPage(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (!['error', 'warning', 'assert'].includes(message.type())) return;
    problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    const cause = request.failure()?.errorText ?? 'no cause';
    if (cause !== LEFT) problems.push(`request failed: ${request.method()} ${request.url()}: ${cause}`);
  });
  return problems;
}
