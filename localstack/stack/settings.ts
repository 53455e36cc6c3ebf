import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { settlePort, type PortWish } from '../ports/settle-port.ts';
import { StartupError } from '../startup-error.ts';

export interface Settings {
  dataDir: string;
  fresh: boolean;
  json: boolean;
  verbose: boolean;
}

const USAGE = 'npm start -- [--fresh] [--verbose] [--json]';

export const API_PORT: PortWish = { purpose: 'the API', variable: 'API_PORT', standard: 8000, mayMove: false };
export const TEST_MERCHANT_PORT: PortWish = {
  purpose: 'the test merchant',
  variable: 'TEST_MERCHANT_PORT',
  standard: 3002,
  mayMove: false,
};
export const CHECKOUT_PORT: PortWish = {
  purpose: 'the checkout',
  variable: 'CHECKOUT_PORT',
  standard: 3001,
  mayMove: false,
};
export const DASHBOARD_PORT: PortWish = {
  purpose: 'the dashboard',
  variable: 'DASHBOARD_PORT',
  standard: 3000,
  mayMove: false,
};
export const POSTGRES_PORT: PortWish = {
  purpose: 'the embedded PostgreSQL',
  variable: 'POSTGRES_PORT',
  standard: 5432,
  mayMove: true,
};
export const REDIS_PORT: PortWish = {
  purpose: 'our own Redis',
  variable: 'REDIS_PORT',
  standard: 6379,
  mayMove: true,
};

export function readSettings(args: string[], env: NodeJS.ProcessEnv, root: string): Settings {
  try {
    const { values } = parseArgs({
      args,
      options: { fresh: { type: 'boolean' }, json: { type: 'boolean' }, verbose: { type: 'boolean' } },
    });
    const { fresh = false, json = false, verbose = false } = values;
    return { fresh, json, verbose, dataDir: resolve(root, env['GATEWAY_DATA_DIR'] ?? '.data') };
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`);
  }
}

/** Settles ports one after another, so that two that move never move to the same place. */
export class PortBook {
  readonly #env: NodeJS.ProcessEnv;
  readonly #patienceMs: number;
  readonly #tell: (notice: string) => void;

  constructor(env: NodeJS.ProcessEnv, patienceMs: number, tell: (notice: string) => void) {
    this.#env = env;
    this.#patienceMs = patienceMs;
    this.#tell = tell;
  }

  async settle(wish: PortWish): Promise<number> {
    const { port, notice } = await settlePort(wish, this.#env, this.#patienceMs);
    if (notice) this.#tell(notice);
    return port;
  }
}
