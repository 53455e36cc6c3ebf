import { randomBytes } from 'node:crypto';
import pg from 'pg';

export type TestDatabase = { readonly url: string; drop(): Promise<void> };

/** A migrated database of the caller's own, copied from the template that `npm test` makes. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { TEST_ADMIN_DATABASE_URL: adminUrl, TEST_TEMPLATE_DATABASE: template } = process.env;
  if (adminUrl === undefined || template === undefined) {
    throw new Error(
      'There is no test database server. Run the tests with npm test (npm test -- path/to/file for one).',
    );
  }
  // Copies of one template wait for each other, since it may have no other user meanwhile; the lock makes them queue.
  return makeDatabase(adminUrl, (name) => [
    `select pg_advisory_lock(710)`,
    `create database ${name} template ${template}`,
  ]);
}

/** A database without a schema. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const { TEST_ADMIN_DATABASE_URL: adminUrl } = process.env;
  if (adminUrl === undefined) throw new Error('There is no test database server. Run the tests with npm test.');
  return makeDatabase(adminUrl, (name) => [`create database ${name}`]);
}

async function makeDatabase(adminUrl: string, making: (name: string) => readonly string[]): Promise<TestDatabase> {
  const name = `gateway_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, making(name));
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(adminUrl, [`drop database if exists ${name} with (force)`]) };
}

async function asAdmin(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const text of statements) await client.query(text);
  } finally {
    await client.end();
  }
}
