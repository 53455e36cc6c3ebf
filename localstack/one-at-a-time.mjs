/**
 * Lets one process at a time install: two `npm ci` in one folder delete each other's files. Old JavaScript, for the same
 * reason as in bootstrap.mjs.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, rmdirSync, unlinkSync, writeFileSync } from 'fs';
import { uptime } from 'os';
import { join } from 'path';

const LOOK_EVERY_MS = 300;
/** How systems say that a folder is not empty. Windows moves nothing onto an empty one either. */
const STANDS_THERE = ['ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM'] : [])];

/**
 * Runs `work` while nobody else holds `folder`; `waiting` is called once if somebody does.
 *
 * Whoever holds it has a file in it that bears its pid and the time. The folder is moved to its place with the file inside, which succeeds
 * only where none or an empty one stands, so there is no moment at which it is taken and nobody knows by whom.
 */
export async function oneAtATime(folder, waiting, work) {
  const name = `${process.pid}.${Date.now()}`;
  let told = false;
  while (!take(folder, name)) {
    const holder = holderOf(folder);
    if (holder === undefined) {
      removeIfEmpty(folder);
      continue;
    }
    if (!isAlive(holder)) {
      // By name: of several who find it dead one succeeds, and nobody takes away what another has taken since.
      ignoring(['ENOENT'], () => unlinkSync(join(folder, holder)));
      removeIfEmpty(folder);
      continue;
    }
    if (!told) waiting();
    told = true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  try {
    return await work();
  } finally {
    ignoring(['ENOENT'], () => unlinkSync(join(folder, name)));
    removeIfEmpty(folder);
  }
}

function take(folder, name) {
  const prepared = `${folder}.${name}`;
  mkdirSync(prepared);
  writeFileSync(join(prepared, name), '');
  const isTaken = !ignoring(STANDS_THERE, () => renameSync(prepared, folder));
  if (isTaken) rmSync(prepared, { recursive: true, force: true });
  return !isTaken;
}

function holderOf(folder) {
  let holder;
  ignoring(['ENOENT'], () => ([holder] = readdirSync(folder)));
  return holder;
}

const removeIfEmpty = (folder) => ignoring(['ENOENT', ...STANDS_THERE], () => rmdirSync(folder));

/** Whether it was done; what went wrong with another code is thrown. */
function ignoring(codes, act) {
  try {
    act();
    return true;
  } catch (error) {
    if (codes.includes(error.code)) return false;
    throw error;
  }
}

/** Whoever took it before the machine was started is gone, though another may have the pid now. */
function isAlive(holder) {
  const [pid, sinceMs] = holder.split('.').map(Number);
  if (!(sinceMs > Date.now() - uptime() * 1_000)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is a process, too.
    return error.code === 'EPERM';
  }
}
