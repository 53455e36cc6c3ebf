import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type TestWorker = {
  /** All it has written so far, on standard output and standard error. */
  output(): string;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Does `work` while the worker stands still, so that no job is done before all is there. */
  whileFrozen<T>(work: () => Promise<T>): Promise<T>;
};

/** The real worker as a process of its own, ready for work. */
export async function startWorker(env: NodeJS.ProcessEnv): Promise<TestWorker> {
  const main = fileURLToPath(new URL('../../localstack/worker/main.ts', import.meta.url));
  const guard = new URL('../../localstack/die-with-parent.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', guard, main], {
    // It ends with its standard input, so that it does not outlive a test that was killed.
    env: { ...process.env, ...env, GATEWAY_STDIN_GUARD: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.includes('worker ready') && resolve());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code} before it was ready: ${output}`)));
  });
  const whileFrozen = async <T>(work: () => Promise<T>): Promise<T> => {
    child.kill('SIGSTOP');
    try {
      return await work();
    } finally {
      child.kill('SIGCONT');
    }
  };
  return { output: () => output, stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL'), whileFrozen };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
    // One that stands still hears nothing else.
    child.kill('SIGCONT');
  });
}
