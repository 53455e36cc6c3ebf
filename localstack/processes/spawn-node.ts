import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { follow, signalGroup, type Endings, type OnLine, type Running } from './running.ts';

const GUARD_URL = pathToFileURL(join(import.meta.dirname, '..', 'die-with-parent.ts')).href;

export interface NodeCommand {
  name: string;
  script: string;
  args?: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  onLine: OnLine;
}

/** Starts one of our own Node programs so that it ends when this process does, even by SIGKILL. */
export function spawnNode({ name, script, args = [], env, cwd, onLine }: NodeCommand): Running {
  const flags = ['--disable-warning=ExperimentalWarning', '--import', GUARD_URL];
  const child = spawn(process.execPath, [...flags, script, ...args], {
    cwd,
    env: { ...env, GATEWAY_STDIN_GUARD: '1' },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    // See spawnGuarded: Ctrl-C is for the supervisor.
    detached: process.platform !== 'win32',
  });
  const kill = () => signalGroup(child, 'SIGKILL');
  const endings: Endings = { ask: () => child.kill('SIGTERM'), force: kill, kill };
  return follow(name, child, endings, onLine);
}
