import { join } from 'node:path';
import { runStep, type Step, type StepResult } from './run-step.ts';

/** Formatting, rules and types, before any test. */
export async function checkSteps(root: string): Promise<StepResult[]> {
  const formatted = await runStep(step('prettier --check', 'prettier/bin/prettier.cjs', ['--check', '.'], root), root);
  // Two at a time is what a laptop's cores bear; both are quiet until they fail.
  const others = await Promise.all([
    runStep(step('eslint', 'eslint/bin/eslint.js', ['.'], root), root),
    runStep(step('tsc --noEmit', 'typescript/bin/tsc', ['--noEmit'], root), root),
  ]);
  const web = await Promise.all([
    runStep(step('svelte-check', 'svelte-check/bin/svelte-check', svelteCheck, root), root),
    runStep(step('tsc --noEmit (sdk)', 'typescript/bin/tsc', ['--noEmit', '-p', 'sdk'], root), root),
    runStep(step('tsc --noEmit (stories)', 'typescript/bin/tsc', ['--noEmit', '-p', 'web/stories'], root), root),
  ]);
  return [formatted, ...others, ...web];
}

const svelteCheck = ['--workspace', 'web', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'];

function step(name: string, script: string, args: string[], root: string): Step {
  return { name, command: [join(root, 'node_modules', script), ...args] };
}
