/** One execution environment of a Lambda: a process that serves one invocation at a time and is frozen between them. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Running } from '../../processes/running.ts';
import { spawnGuarded } from '../../processes/spawn-guarded.ts';

export type Invocation = { readonly event: unknown; readonly deadlineMs: number; readonly arn: string };

/** An invocation that ended badly, as the runtime reported it, or in the words of what became of it. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

type Next = { readonly id: string; readonly invocation: Invocation };
type Open = { readonly id: string; readonly resolve: (result: unknown) => void; readonly reject: (e: Error) => void };

export class Environment {
  /** What the function's process calls the Runtime API. */
  readonly prefix = randomUUID();
  readonly running: Running;
  /** Resolves when the bundle is loaded, with what that cost in ms of the main thread. */
  readonly ready: Promise<number>;
  isDead = false;
  pid: number | undefined;
  readonly #isReady: (initCpuMs: number) => void;
  #open: Open | undefined;
  #deliver: ((next: Next) => void) | undefined;
  #waiting: Next | undefined;

  constructor({ runtimeApi, env, onLine }: Spawn) {
    const own = { ...env, AWS_LAMBDA_RUNTIME_API: `${runtimeApi}/${this.prefix}` };
    this.running = spawnGuarded({
      name: 'lambda',
      // Nothing of this process's environment: a Lambda has its own and no other.
      file: '/usr/bin/env',
      args: ['-i', ...Object.entries(own).map(([name, value]) => `${name}=${value}`), process.execPath, bootstrap],
      // A frozen process hears nothing else.
      stopSignal: 'KILL',
      forceSignal: 'SIGKILL',
      onLine,
    });
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.ready = promise;
    this.#isReady = resolve;
    promise.catch(() => undefined);
    void this.running.exited.then((how) => {
      this.isDead = true;
      const error = new FunctionError(`the process ended: ${how}\n${this.running.lastLines().join('\n')}`);
      reject(error);
      this.#open?.reject(error);
    });
  }

  /** Takes one invocation; it must be idle. */
  invoke(invocation: Invocation): Promise<unknown> {
    const id = randomUUID();
    const result = new Promise<unknown>((resolve, reject) => (this.#open = { id, resolve, reject }));
    const next = { id, invocation };
    if (this.#deliver === undefined) this.#waiting = next;
    else {
      this.#signal('SIGCONT');
      this.#deliver(next);
      this.#deliver = undefined;
    }
    return result;
  }

  /** The process asks for its next invocation: from here on it does nothing until there is one. */
  next(pid: number, initCpuMs: number, deliver: (next: Next) => void): void {
    this.pid = pid;
    this.#isReady(initCpuMs);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) deliver(waiting);
    else {
      this.#deliver = deliver;
      this.#signal('SIGSTOP');
    }
  }

  answer(id: string, result: unknown): void {
    if (this.#open?.id === id) this.#open.resolve(result);
  }

  fail(why: string): void {
    this.#open?.reject(new FunctionError(why));
  }

  async kill(): Promise<void> {
    this.isDead = true;
    await this.running.stop();
  }

  #signal(signal: 'SIGCONT' | 'SIGSTOP'): void {
    if (this.pid !== undefined && !this.isDead) process.kill(this.pid, signal);
  }
}

type Spawn = {
  readonly runtimeApi: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
};

const bootstrap = join(import.meta.dirname, 'bootstrap.mjs');
