import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import pg from 'pg';
import type { OnLine, Running } from '../processes/running.ts';
import { launch, type Service } from '../processes/service.ts';
import { spawnGuarded } from '../processes/spawn-guarded.ts';
import { findPostgresBinaries } from './binaries.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { chooseIdentity } from './identity.ts';
import { DATABASE, PASSWORD, USER } from './names.ts';

export interface PostgresOptions {
  dataDir: string;
  port: number;
  /** false trades safety after a crash for speed: for tests. */
  durable: boolean;
  onLine?: OnLine;
}

export interface Postgres {
  url: string;
  /** The maintenance database, from which others are created. */
  adminUrl: string;
  stop: () => Promise<void>;
}

export interface PostgresService extends Service {
  url: string;
  adminUrl: string;
}

/** Starts an embedded PostgreSQL with the gateway's database in it, on loopback only. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const service = await preparePostgres(options);
  const running: Running = await launch(service);
  await createDatabase(service.adminUrl);
  return { url: service.url, adminUrl: service.adminUrl, stop: () => running.stop() };
}

/** Everything that is done once, so that the server itself can be started again and again. */
export async function preparePostgres({
  port,
  durable,
  onLine,
  ...options
}: PostgresOptions): Promise<PostgresService> {
  const parent = dirname(resolve(options.dataDir));
  mkdirSync(parent, { recursive: true });
  // The real path, because the kernel names a server's folder by it.
  const dataDir = join(realpathSync(parent), basename(options.dataDir));
  const binaries = findPostgresBinaries();
  const as = chooseIdentity([binaries.directory, dirname(dataDir)]);
  await prepareDataDirectory({ dataDir, binaries, as, durable });
  const [file = '', ...args] = [...as.prefix, binaries.postgres, '-D', dataDir, ...settings(port, durable)];
  const adminUrl = urlOf('postgres', port);
  return {
    name: 'PostgreSQL',
    url: urlOf(DATABASE, port),
    adminUrl,
    readyWithinMs: 60_000,
    isReady: () => answers(adminUrl),
    spawn: () =>
      spawnGuarded({
        name: 'PostgreSQL',
        file,
        args,
        // SIGINT disconnects everybody and writes a checkpoint; SIGQUIT leaves that to the recovery of the next start.
        stopSignal: 'INT',
        forceSignal: 'SIGQUIT',
        uid: as.uid,
        gid: as.gid,
        ...(onLine && { onLine }),
      }),
  };
}

export async function createDatabase(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
}

function settings(port: number, durable: boolean): string[] {
  const all: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    // TCP is enough, and a socket file left by a crash is one more thing to explain.
    unix_socket_directories: '',
    max_connections: durable ? '100' : '200',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Compiling a plan costs more than any query here runs.
    jit: 'off',
    // Nothing replicates, so less is written.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_logical_replication_workers: '0',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function urlOf(database: string, port: number): string {
  return `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;
}

async function answers(url: string): Promise<boolean> {
  return withClient(url, async (client) => (await client.query('SELECT 1')).rowCount === 1).catch(() => false);
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that stops while we are connected would otherwise end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
