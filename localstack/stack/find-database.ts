import { relative } from 'node:path';
import { createDatabase, preparePostgres, withClient, type PostgresService } from '../postgres/start-postgres.ts';
import type { OnLine } from '../processes/running.ts';
import { StartupError } from '../startup-error.ts';

export interface DatabaseSearch {
  env: NodeJS.ProcessEnv;
  dataDir: string;
  choosePort: () => Promise<number>;
  onLine: OnLine;
  keep: (service: PostgresService) => Promise<void>;
}

export interface FoundDatabase {
  url: string;
  description: string;
}

/** The database that is named, else an embedded one of our own. */
export async function findDatabase({ env, dataDir, choosePort, onLine, keep }: DatabaseSearch): Promise<FoundDatabase> {
  const named = env['DATABASE_URL'];
  if (named) return { url: named, description: `${await describeNamed(named)} (DATABASE_URL)` };
  const port = await choosePort();
  const service = await preparePostgres({ dataDir, port, durable: true, onLine });
  await keep(service);
  await createDatabase(service.adminUrl);
  const folder = relative(process.cwd(), dataDir);
  return { url: service.url, description: `embedded PostgreSQL, port ${port}, data in ${folder}` };
}

async function describeNamed(url: string): Promise<string> {
  try {
    return await withClient(url, async (client) => {
      const answer = await client.query<{ server_version: string }>('SHOW server_version');
      return `PostgreSQL ${answer.rows[0]?.server_version ?? ''} at ${client.host}:${client.port}`;
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new StartupError(
      `DATABASE_URL is set, but its database cannot be used (${reason}). ` +
        'Start or correct it, or unset DATABASE_URL and the gateway brings a database of its own.',
    );
  }
}
