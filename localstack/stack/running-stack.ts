import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { variables } from '../../shared/runtime/variables.ts';
import { processStart } from '../processes/process-start.ts';
import { StartupError } from '../startup-error.ts';

export interface StackAddresses {
  apiUrl: string;
  testMerchantUrl: string;
  /** Absent when no test merchant was seeded. */
  credentials?: { key: string; secret: string };
}

/** What lies in the file, and in no other form: it is written and read by one version of this code. */
interface RunningStack {
  pid: number;
  /** When the process was started; a pid alone is given to another process one day. */
  started: string;
  api_url: string;
  test_merchant_url: string;
  /** What a command needs to see the same gateway: variables of the same names. */
  env: Record<string, string>;
}

/** A key has no business on the disk beside what it seals; commands read it from where `npm start` read it. */
const NEVER_WRITTEN = ['SEALING_KEYS'];

/** Whoever names another one of these means another gateway, of which this file knows nothing. */
const IDENTIFYING = ['GATEWAY_MODE', 'DATABASE_URL', 'API_URL', 'API_PORT'];

/** Tells commands in other terminals where everything is: ports move, and settings came from a terminal they cannot see. */
export function announceStack(dataDir: string, addresses: StackAddresses, env: NodeJS.ProcessEnv): void {
  const { apiUrl, testMerchantUrl, credentials } = addresses;
  const told = Object.keys(variables).filter((name) => env[name] && !NEVER_WRITTEN.includes(name));
  const running: RunningStack = {
    pid: process.pid,
    started: processStart(process.pid) ?? '',
    api_url: apiUrl,
    test_merchant_url: testMerchantUrl,
    env: {
      ...Object.fromEntries(told.map((name) => [name, env[name] ?? ''])),
      API_URL: apiUrl,
      API_PORT: new URL(apiUrl).port,
      TEST_MERCHANT_URL: testMerchantUrl,
      ...(credentials && { API_KEY: credentials.key, API_SECRET: credentials.secret }),
    },
  };
  // A reader finds the whole file or none. The name is ours alone: whoever holds the data folder is its only writer.
  const unfinished = `${fileIn(dataDir)}.new`;
  rmSync(unfinished, { force: true });
  // A DATABASE_URL may carry a password.
  writeFileSync(unfinished, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, fileIn(dataDir));
}

export function withdrawStack(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/**
 * The environment of a command: what was given to it, then what the running stack works with, then `.env`. The stack
 * comes before `.env` because it has read that file and then settled what really is.
 *
 * Without a running stack, or when the command was told of another gateway, only the given environment and `.env` count.
 * @throws StartupError when there is a running stack of somebody else.
 */
export function commandEnvironment(root: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const given = withoutEmpty(env);
  const fromFile = { ...withoutEmpty(readEnvFile(root)), ...given };
  const running = readRunning(resolve(root, fromFile['GATEWAY_DATA_DIR'] ?? '.data'));
  if (running === undefined || IDENTIFYING.some((name) => differs(given[name], running.env[name]))) return fromFile;
  return { ...fromFile, ...running.env, ...given };
}

const fileIn = (dataDir: string) => join(dataDir, 'running.json');

const differs = (given: string | undefined, running: string | undefined) =>
  given !== undefined && given.replace(/\/$/, '') !== running;

/** An empty variable is an unset one, as in the settings. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function readEnvFile(root: string): NodeJS.ProcessEnv {
  const text = readIfThere(join(root, '.env'));
  return text === undefined ? {} : parseEnv(text);
}

function readRunning(dataDir: string): RunningStack | undefined {
  const text = readIfThere(fileIn(dataDir));
  if (text === undefined) return undefined;
  try {
    const running = JSON.parse(text) as Partial<RunningStack>;
    const { pid = 0, started, env } = running;
    const isAlive = env !== undefined && processStart(pid) === started;
    return isAlive ? (running as RunningStack) : undefined;
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new StartupError(
      `${path} cannot be read (${code ?? 'unknown error'}). Run the command as the user who runs npm start.`,
    );
  }
}
