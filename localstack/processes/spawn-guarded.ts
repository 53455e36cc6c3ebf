import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { follow, signalGroup, type Endings, type OnLine, type Running } from './running.ts';

export interface ForeignCommand {
  name: string;
  file: string;
  args: string[];
  /** What the program understands as "stop now, tidily". */
  stopSignal: 'INT' | 'TERM' | 'KILL';
  /** What it gets if that took too long. */
  forceSignal: NodeJS.Signals;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number | undefined;
  gid?: number | undefined;
  onLine?: OnLine;
}

/**
 * The shell starts the program and reads its own standard input, our pipe, until we close it or die; then it stops the
 * program. It also ends with the program, not before it and not after, so its exit is the program's.
 */
const GUARD = `
trap '' INT QUIT
exec 3<&0
"$@" </dev/null 3<&- & program=$!
{ while read -r _; do :; done; kill -$GUARD_SIGNAL $program; } <&3 >/dev/null 2>&1 & watcher=$!
exec 3<&-
wait $program; status=$?
kill $watcher 2>/dev/null
exit $status`;

/** Starts a program we do not own so that it ends when this process does, even by SIGKILL. */
export function spawnGuarded(command: ForeignCommand): Running {
  const child = process.platform === 'win32' ? spawnWithNodeGuard(command) : spawnWithShellGuard(command);
  const endings: Endings = {
    ask: () => child.stdin?.end(),
    force: () => signalGroup(child, command.forceSignal),
    kill: () => signalGroup(child, 'SIGKILL'),
  };
  return follow(command.name, child, endings, command.onLine);
}

function spawnWithShellGuard({ file, args, stopSignal, env, cwd, uid, gid }: ForeignCommand): ChildProcess {
  return spawn('/bin/sh', ['-c', GUARD, 'guard', file, ...args], {
    // A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which decides the order.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env, GUARD_SIGNAL: stopSignal },
    ...(cwd !== undefined && { cwd }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
}

function spawnWithNodeGuard({ file, args, stopSignal, env, cwd }: ForeignCommand): ChildProcess {
  const guard = join(import.meta.dirname, '..', 'child-guard.ts');
  return spawn(process.execPath, [guard, `SIG${stopSignal}`, '--', file, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(cwd !== undefined && { cwd }),
  });
}
