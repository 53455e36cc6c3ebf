import { expect } from '@jest/globals';
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** What axe-core finds in a document, in a line for each element. */
export async function findingsIn(at: Page | Frame): Promise<string[]> {
  // Colours on their way from one to another have a contrast that is nobody's choice.
  await at.evaluate(() => {
    for (const animation of document.getAnimations())
      if (animation.effect?.getTiming().iterations === 1) animation.finish();
  });
  if (!(await at.evaluate('typeof axe === "object"'))) await at.evaluate(axe.source);
  const { violations, passes } = await at.evaluate<axe.AxeResults>(`axe.run(document, { iframes: false })`);
  expect(passes.length).toBeGreaterThan(5);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${String(target)})`));
}
