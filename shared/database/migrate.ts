import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

/**
 * Brings the database to the newest schema. Safe to run twice and by several hosts at once (an advisory lock
 * makes the others wait). The migrations are plain SQL and only go forward.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  await runner({
    databaseUrl,
    dir: fileURLToPath(new URL('./migrations', import.meta.url)),
    direction: 'up',
    migrationsTable: 'schema_migrations',
    advisoryLockMode: 'wait',
    singleTransaction: true,
    // Its progress lines are for people who asked for them; a failure throws.
    log: () => undefined,
  });
}
