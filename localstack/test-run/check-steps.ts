import { join } from 'node:path';
import { runStep, type Step, type StepResult } from './run-step.ts';

/**
 * Formatting, rules and types, in whatever time the tests beside them leave. Two at a time is what a laptop's cores bear;
 * all are quiet until they fail.
 */
export async function checkSteps(root: string, signal: AbortSignal): Promise<StepResult[]> {
  const inTurn = async (steps: Step[]) => {
    const results: StepResult[] = [];
    for (const step of steps) results.push(await runStep(step, root, { signal, stepsBack: true }));
    return results;
  };
  const results = await Promise.all([
    inTurn([step('eslint', 'eslint/bin/eslint.js', ['.'], root)]),
    inTurn([
      step('prettier --check', 'prettier/bin/prettier.cjs', ['--check', '.'], root),
      step('tsc --noEmit', 'typescript/bin/tsc', ['--noEmit'], root),
      step('tsc --noEmit (sdk)', 'typescript/bin/tsc', ['--noEmit', '-p', 'sdk'], root),
      step('tsc --noEmit (stories)', 'typescript/bin/tsc', ['--noEmit', '-p', 'web/stories'], root),
      step('svelte-check', 'svelte-check/bin/svelte-check', svelteCheck, root),
    ]),
  ]);
  return results.flat();
}

const svelteCheck = ['--workspace', 'web', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'];

function step(name: string, script: string, args: string[], root: string): Step {
  return { name, command: [join(root, 'node_modules', script), ...args] };
}
