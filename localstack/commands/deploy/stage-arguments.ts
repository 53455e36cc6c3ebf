import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const stages = ['dev', 'prod'];

export class StageUsageError extends Error {}

export type StageArguments = {
  readonly stage: string;
  readonly isDryRun: boolean;
  readonly isAgreed: boolean;
  readonly isHelp: boolean;
  /** What the framework gets as it was typed. */
  readonly handedOn: readonly string[];
};

/** @throws StageUsageError when a word is not understood, or no stage is named: nobody shall hit one by default. */
export function readStageArguments(args: readonly string[]): StageArguments {
  const { stage, yes, help, 'dry-run': dryRun, ...others } = parse(args);
  if (help !== true && (stage === undefined || !stages.includes(stage))) {
    throw new StageUsageError(`--stage must be ${stages.join(' or ')}.`);
  }
  const handedOn = Object.entries(others).flatMap(([name, value]) => [value].flat().map((one) => `--${name}=${one}`));
  return { stage: stage ?? '', isDryRun: dryRun === true, isAgreed: yes === true, isHelp: help === true, handedOn };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        stage: { type: 'string' },
        yes: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean' },
        param: { type: 'string', multiple: true },
        region: { type: 'string' },
        'aws-profile': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new StageUsageError((error as Error).message);
  }
}

/** Runs the framework on this terminal. @returns its exit status. */
export function runServerless(root: string, args: readonly string[]): Promise<number> {
  const script = join(
    dirname(createRequire(import.meta.url).resolve('serverless/package.json')),
    'bin',
    'serverless.js',
  );
  const env = { ...process.env, SLS_DEPRECATION_DISABLE: '*' };
  const child = spawn(process.execPath, [script, ...args], { cwd: root, env, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
