import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Queryable, statement } from '../database/database.ts';
import { fault, type Finding, ok, warning } from './finding.ts';

const about = { section: 'migrations', name: 'schema' } as const;

const folder = fileURLToPath(new URL('../database/migrations', import.meta.url));

const findTable = statement('doctor-migrations-table', `select to_regclass('schema_migrations') is not null as there`);
const readApplied = statement('doctor-migrations', 'select name from schema_migrations order by id');

export async function examineMigrations(database: Queryable): Promise<Finding> {
  const ours = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.replace(/\.sql$/, ''))
    .sort();
  const [table] = await database.rows<{ there: boolean }>(findTable);
  const applied = table?.there ? (await database.rows<{ name: string }>(readApplied)).map(({ name }) => name) : [];
  const missing = ours.filter((name) => !applied.includes(name));
  const unknown = applied.filter((name) => !ours.includes(name));
  if (missing.length > 0) {
    return fault(
      about,
      `Not applied: ${missing.join(', ')}.`,
      'npm start applies them; a deployment does before its hosts start.',
    );
  }
  if (unknown.length > 0) {
    const todo = 'Run the version of the gateway that brought them, or a newer one.';
    return warning(about, `The database is ahead of this version, with ${unknown.join(', ')}.`, todo);
  }
  return ok(about, `All ${ours.length} migrations are applied.`);
}
