import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processStart } from '../processes/process-start.ts';
import { StartupError } from '../startup-error.ts';

export interface DataFolder {
  path: string;
  /** The last owner was killed: its servers may need another moment to end. */
  wasAbandoned: boolean;
  release: () => void;
}

/** Only what we wrote ourselves: GATEWAY_DATA_DIR may point to a folder that holds other things. */
const OURS = ['postgres', 'postgres.new', 'postgres.password', 'redis', 'logs', 'running.json'];

/** Takes the folder for this process: two stacks on one set of files would destroy them. */
export function claimDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true });
  const ownerFile = join(path, 'gateway.pid');
  const me = `${process.pid} ${processStart(process.pid) ?? ''}`;
  const wasAbandoned = !takeIfFree(ownerFile, me);
  if (wasAbandoned) {
    refuseIfOwned(ownerFile, path);
    rmSync(ownerFile, { force: true });
    if (!takeIfFree(ownerFile, me)) refuseIfOwned(ownerFile, path);
  }
  return { path, wasAbandoned, release: () => rmSync(ownerFile, { force: true }) };
}

export function emptyDataFolder(path: string): void {
  for (const name of OURS) rmSync(join(path, name), { recursive: true, force: true });
}

function takeIfFree(ownerFile: string, me: string): boolean {
  try {
    writeFileSync(ownerFile, me, { flag: 'wx' });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new StartupError(`The data folder cannot be written (${code ?? 'unknown error'}): ${ownerFile}`);
  }
}

function refuseIfOwned(ownerFile: string, path: string): void {
  const [pid = '', ...start] = readFileSync(ownerFile, 'utf8').split(' ');
  const isAlive = Number(pid) > 0 && processStart(Number(pid)) === start.join(' ');
  if (!isAlive) return;
  throw new StartupError(
    `A gateway is already running on ${path} (pid ${pid}). ` +
      'Stop it, or give this one a folder and ports of its own: GATEWAY_DATA_DIR=.data-2 API_PORT=8001 DASHBOARD_PORT=3010 CHECKOUT_PORT=3011 TEST_MERCHANT_PORT=3012 npm start',
  );
}
