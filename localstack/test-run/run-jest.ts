import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestTally } from './tally.ts';
import { tallyOf, type JestResult } from './tally.ts';

export interface JestRun {
  root: string;
  folder: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  onStart: (child: ChildProcess) => void;
}

/** On a busy machine `*.timed.test.ts` would measure its neighbours, too, or be late because of them. */
const timed = '\\.timed\\.test\\.ts$';
export const allButTimed: readonly string[] = ['--testPathIgnorePatterns', '/node_modules/', timed];
/** In a process beside Jest's own, which an idle memory limit is the way to ask for: what a test leaves open ends with it. */
export const timedAlone: readonly string[] = [
  '--testPathPatterns',
  timed,
  '--maxWorkers=1',
  '--workerIdleMemoryLimit=8GB',
];

/** Runs Jest with its usual report on the terminal and returns what it counted. */
export async function runJest({
  root,
  folder,
  args,
  env,
  onStart,
}: JestRun): Promise<TestTally & { exitCode: number }> {
  const resultFile = join(folder, 'jest.json');
  // Else a second run that leaves none would be counted as the first.
  rmSync(resultFile, { force: true });
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '--json', `--outputFile=${resultFile}`];
  const child = spawn(process.execPath, [...flags, ...jest, ...args], {
    cwd: root,
    env,
    // With --json and a file Jest repeats nothing on standard output; its report goes to standard error.
    stdio: ['inherit', 'ignore', 'inherit', 'ipc'],
  });
  onStart(child);
  const exitCode = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
  return { ...tallyOf(readResult(resultFile)), exitCode };
}

function readResult(path: string): JestResult | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as JestResult;
  } catch {
    return undefined;
  }
}
