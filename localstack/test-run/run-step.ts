import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { performance } from 'node:perf_hooks';
import { styleText } from 'node:util';

export interface Step {
  name: string;
  /** A script for Node and its arguments. */
  command: string[];
}

export interface StepResult {
  name: string;
  passed: boolean;
}

export interface StepOptions {
  /** Ends the step, about which nothing is printed then. */
  signal?: AbortSignal;
  /** Whether what else runs on this machine goes first; not for ever, as another's work may never end. */
  stepsBack?: boolean;
}

/** Runs a check and prints one line about it; its own output only if it failed. */
export async function runStep(
  { name, command }: Step,
  root: string,
  { signal, stepsBack = false }: StepOptions = {},
): Promise<StepResult> {
  const startedAt = performance.now();
  const { exitCode, output } = await runQuietly({ command, cwd: root, signal, stepsBack });
  const passed = exitCode === 0;
  if (signal?.aborted) return { name, passed };
  printStep(name, passed, performance.now() - startedAt);
  if (!passed) console.log(output.trimEnd());
  return { name, passed };
}

export function printStep(name: string, passed: boolean, durationMs: number): void {
  const mark = passed ? styleText('green', 'ok    ') : styleText('red', 'FAILED');
  console.log(`${mark} ${name.padEnd(24)} ${(durationMs / 1000).toFixed(1).padStart(6)} s`);
}

async function runQuietly({
  command,
  cwd,
  signal,
  stepsBack,
}: {
  command: string[];
  cwd: string;
  signal?: AbortSignal | undefined;
  stepsBack: boolean;
}): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(process.execPath, command, { cwd, stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) });
  // Before Node has made its threads there, which have the priority of the one they are made by.
  if (stepsBack && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => (output += chunk));
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ exitCode: 127, output: error.message }));
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
