import { join } from 'node:path';
import { migrate } from '../../shared/database/migrate.ts';
import { anyFreePort } from '../ports/is-port-taken.ts';
import { startPostgres, withClient } from '../postgres/start-postgres.ts';

export interface TestServer {
  /** A database from which others may be created and dropped. */
  adminUrl: string;
  description: string;
  stop: () => Promise<void>;
}

export const TEMPLATE = 'gateway_template';

/** The server that is named, on which only databases of our own are touched; else one for this run alone. */
export async function startTestServer(folder: string, env: NodeJS.ProcessEnv): Promise<TestServer> {
  const named = env['TEST_DATABASE_URL'] || env['DATABASE_URL'];
  if (named) return { adminUrl: named, description: 'PostgreSQL (as named)', stop: () => dropTemplate(named) };
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await anyFreePort(),
    durable: false,
  });
  return { ...postgres, description: 'PostgreSQL (embedded)' };
}

/** A migrated database that each test file copies, in a fraction of the time the migrations take. */
export async function createTemplate(adminUrl: string): Promise<void> {
  await dropTemplate(adminUrl);
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE ${TEMPLATE}`));
  const url = new URL(adminUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href);
}

async function dropTemplate(adminUrl: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`));
}
