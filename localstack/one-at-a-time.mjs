/**
 * Lets one process at a time install: two `npm ci` in one folder delete each other's files. Old JavaScript, for the same
 * reason as in bootstrap.mjs.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';

const LOOK_EVERY_MS = 300;
/** A holder writes its pid at once; a lock without one for this long was left behind. */
const UNSIGNED_FOR_MS = 3_000;

/** Runs `work` while nobody else holds `folder`; `waiting` is called once if somebody does. */
export async function oneAtATime(folder, waiting, work) {
  let told = false;
  let unsignedMs = 0;
  while (!take(folder)) {
    const holder = holderOf(folder);
    unsignedMs = holder === undefined ? unsignedMs + LOOK_EVERY_MS : 0;
    if (unsignedMs > UNSIGNED_FOR_MS || (holder !== undefined && !isAlive(holder))) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) waiting();
    told = true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Making a folder succeeds for one of all who try. */
function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

function holderOf(folder) {
  try {
    return Number(readFileSync(join(folder, 'pid'), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is a process, too.
    return error.code === 'EPERM';
  }
}
