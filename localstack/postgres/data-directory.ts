import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processStart } from '../processes/process-start.ts';
import { StartupError } from '../startup-error.ts';
import type { PostgresBinaries } from './binaries.ts';
import { giveTo, type Identity } from './identity.ts';
import { PASSWORD, USER } from './names.ts';

export const MAJOR_VERSION = '18';
/** A server whose supervisor was killed takes a moment to end; one that is still there after that has a living owner. */
const LAST_BREATH_MS = 3_000;

export interface DataDirectory {
  dataDir: string;
  binaries: PostgresBinaries;
  as: Identity;
  durable: boolean;
}

/** Makes the data directory on first use, and refuses one that this server cannot or must not open. */
export async function prepareDataDirectory(directory: DataDirectory): Promise<void> {
  const { dataDir, as } = directory;
  const versionFile = join(dataDir, 'PG_VERSION');
  if (!existsSync(versionFile)) await createDataDirectory(directory);
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new StartupError(
      `${dataDir} was written by PostgreSQL ${version}, this is ${MAJOR_VERSION}. Begin anew with: npm start -- --fresh`,
    );
  }
  giveTo(as, dataDir);
  await clearPidFile(dataDir);
}

/** Built beside its place and renamed, so that an interrupted initdb leaves nothing that looks like a database. */
async function createDataDirectory({ dataDir, binaries, as, durable }: DataDirectory): Promise<void> {
  const draft = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, PASSWORD, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) {
    chownSync(draft, as.uid, as.gid);
    chownSync(passwordFile, as.uid, as.gid);
  }
  const args = ['-D', draft, '-U', USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  // The builtin provider sorts and folds the same on every platform.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const haste = durable ? [] : ['--no-sync'];
  try {
    await run([...as.prefix, binaries.initdb, ...args, ...locale, ...haste], as);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, dataDir);
}

async function run([file = '', ...args]: string[], { uid, gid }: Identity): Promise<void> {
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const result = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(String(code)));
  });
  if (result === '0') return;
  const advice = 'Set DATABASE_URL to a PostgreSQL of yours if this machine cannot run the embedded one.';
  throw new StartupError(`PostgreSQL's initdb failed (${result}):\n${output.trim()}\n${advice}`);
}

/**
 * PostgreSQL refuses to start while the pid in postmaster.pid belongs to any living process. After a crash, and above all
 * in a restarted container, that may be a stranger, so we look closer and clear the file.
 */
async function clearPidFile(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const deadline = Date.now() + LAST_BREATH_MS;
  for (;;) {
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
    if (!isServerOf(pid, dataDir)) break;
    if (Date.now() > deadline) {
      throw new StartupError(
        `Another gateway is running on ${dataDir} (PostgreSQL pid ${pid}). ` +
          'Stop it, or give this one a folder of its own: GATEWAY_DATA_DIR=.data-2 npm start',
      );
    }
    await delay(50);
  }
  rmSync(pidFile, { force: true });
}

function isServerOf(pid: number, dataDir: string): boolean {
  if (!(pid > 0) || processStart(pid) === undefined) return false;
  if (process.platform !== 'linux') return true;
  try {
    // The server's working directory is its data directory.
    return readlinkSync(`/proc/${pid}/cwd`) === dataDir;
  } catch {
    return false;
  }
}
