/** Plain JavaScript for any Node, like bootstrap.mjs, which uses it. */
import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';

const CHECK_EVERY_MS = 250;

/**
 * Calls `onGone` when the npm that started us is gone. A signal sent to npm ends its shell and never arrives here, and a
 * killed npm passes nothing on at all: without this, the stack would run on with nobody to stop it.
 */
export function watchLauncher(onGone) {
  // Started by hand, or in the background by a shell that has left: then nobody's end is ours.
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const launchers = launchersFrom(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && launchers.every(isAlive)) return;
    clearInterval(timer);
    onGone();
  }, CHECK_EVERY_MS);
  timer.unref();
}

/** npm itself, or npm's shell and npm: shells differ in whether they stay around. */
function launchersFrom(parent) {
  const { args, ppid } = describe(parent);
  const isShell = /^(\S*\/)?(sh|bash|dash|zsh)\s+-c\b/.test(args);
  return isShell && ppid > 1 ? [parent, ppid] : [parent];
}

function describe(pid) {
  try {
    if (process.platform === 'linux') return describeFromProc(pid);
    const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return { ppid: parseInt(line, 10), args: line.replace(/^\d+\s+/, '') };
  } catch {
    return { ppid: 0, args: '' };
  }
}

function describeFromProc(pid) {
  const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
  // The second field of stat is the name in brackets, which may hold anything; the parent is the fourth.
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop() || '';
  return { ppid: Number(afterName.split(' ')[1]), args };
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
