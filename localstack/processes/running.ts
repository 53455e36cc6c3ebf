import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { splitLines } from './split-lines.ts';

export type OnLine = (line: string, stream: 'stdout' | 'stderr') => void;

export interface Running {
  name: string;
  pid: number;
  /** Resolves, never rejects, with words such as "exit code 1" or "signal SIGKILL". */
  exited: Promise<string>;
  lastLines: () => string[];
  /** Asks, then forces after `graceMs`. Resolves once the process is gone. */
  stop: (graceMs?: number) => Promise<void>;
}

export interface Endings {
  ask: () => void;
  force: () => void;
  kill: () => void;
}

const KEPT_LINES = 15;
const LAST_OUTPUT_MS = 200;

export function follow(name: string, child: ChildProcess, endings: Endings, onLine: OnLine = () => undefined): Running {
  const kept: string[] = [];
  const keep: OnLine = (line, stream) => {
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    onLine(line, stream);
  };
  if (child.stdout) splitLines(child.stdout, (line) => keep(line, 'stdout'));
  if (child.stderr) splitLines(child.stderr, (line) => keep(line, 'stderr'));
  // Writing the lifeline's end to a process that has just gone must not take us with it.
  child.stdin?.on('error', () => undefined);
  const exited = whenGone(child);
  return {
    name,
    pid: child.pid ?? -1,
    exited,
    lastLines: () => [...kept],
    stop: (graceMs = 500) => stop(exited, endings, graceMs),
  };
}

function whenGone(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      child.stdin?.destroy();
      const words = signal ? `signal ${signal}` : `exit code ${code ?? 'unknown'}`;
      // "close" comes after the last output was read; a grandchild that holds the pipe would delay it for ever.
      const late = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, LAST_OUTPUT_MS);
      child.once('close', () => {
        clearTimeout(late);
        resolve(words);
      });
    });
  });
}

async function stop(exited: Promise<string>, endings: Endings, graceMs: number): Promise<void> {
  endings.ask();
  const timer = new AbortController();
  const late = delay(graceMs, 'late', { signal: timer.signal }).catch(() => 'stopped');
  if ((await Promise.race([exited, late])) === 'late') endings.force();
  timer.abort();
  const killTimer = setTimeout(endings.kill, graceMs);
  await exited;
  clearTimeout(killTimer);
}

/** Ends whatever still runs in the process group the child leads. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Gone already.
  }
}
