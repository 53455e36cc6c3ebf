import { expect } from '@jest/globals';
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** What is asked of axe-core: every rule on every element, and the elements only of the rules that were broken. */
const look = `axe.run(document, { iframes: false, resultTypes: ['violations'] }).then(({ violations, passes }) => ({
  violations: violations.map(({ id, help, nodes }) => ({ id, help, targets: nodes.map(({ target }) => String(target)) })),
  passed: passes.length,
}))`;

interface Findings {
  violations: { id: string; help: string; targets: string[] }[];
  /** How many rules found something to look at, and nothing wrong with it. */
  passed: number;
}

/** What axe-core finds in a document, in a line for each element. */
export async function findingsIn(at: Page | Frame): Promise<string[]> {
  // Colours on their way from one to another have a contrast that is nobody's choice.
  await at.evaluate(() => {
    for (const animation of document.getAnimations())
      if (animation.effect?.getTiming().iterations === 1) animation.finish();
  });
  if (!(await at.evaluate('typeof axe === "object"'))) await at.evaluate(axe.source);
  // Said in the page: a whole result goes over to here in three times the time that axe-core takes to find it.
  const { violations, passed } = await at.evaluate<Findings>(look);
  expect(passed).toBeGreaterThan(5);
  return violations.flatMap(({ id, help, targets }) => targets.map((target) => `${id}: ${help} (${target})`));
}
