import { execFileSync } from 'node:child_process';
import { lchownSync, readdirSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { StartupError } from '../startup-error.ts';

/** As whom PostgreSQL runs. It refuses root, and initdb refuses a user without a name. */
export interface Identity {
  uid?: number;
  gid?: number;
  /** Put before the command. */
  prefix: string[];
}

const NOBODY = 65_534;

/** `paths` are the folders PostgreSQL has to reach. */
export function chooseIdentity(paths: string[]): Identity {
  if (!isRoot() && hasName()) return { prefix: [] };
  if (isRoot() && paths.every(isOpenToOthers)) return { uid: nobodyId('-u'), gid: nobodyId('-g'), prefix: [] };
  // In a user namespace of its own the process is nobody to itself and still us to the file system.
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  if (canRun(prefix)) return { prefix };
  throw new StartupError(
    'PostgreSQL refuses to run as root, and this folder is closed to every other user. ' +
      'Move the project to a folder others may enter, start as an ordinary user, or set DATABASE_URL to a server of yours.',
  );
}

/** A data directory may come from a run with another identity; PostgreSQL insists on owning it. */
export function giveTo({ uid, gid }: Identity, path: string): void {
  if (!isRoot()) return;
  const owner = { uid: uid ?? 0, gid: gid ?? 0 };
  if (statSync(path).uid !== owner.uid) chownTree(path, owner);
}

function chownTree(path: string, owner: { uid: number; gid: number }): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) chownTree(join(path, entry.name), owner);
    else lchownSync(join(path, entry.name), owner.uid, owner.gid);
  }
  // Last, so that an interrupted change is noticed and done again.
  lchownSync(path, owner.uid, owner.gid);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function isOpenToOthers(path: string): boolean {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
  }
  return true;
}

function nobodyId(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  } catch {
    return NOBODY;
  }
}

function canRun([file = '', ...args]: string[]): boolean {
  try {
    execFileSync(file, [...args, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
