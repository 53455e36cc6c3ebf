import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { migrate } from './migrate.ts';

describe('migrate', () => {
  const { TEST_ADMIN_DATABASE_URL: adminUrl = '' } = process.env;
  const name = `gateway_test_${randomBytes(6).toString('hex')}`;
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;

  async function ask(at: string, text: string): Promise<object[]> {
    const client = new pg.Client({ connectionString: at });
    await client.connect();
    try {
      return (await client.query<object>(text)).rows;
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    await ask(adminUrl, `create database ${name}`);
  });
  afterAll(async () => {
    await ask(adminUrl, `drop database if exists ${name} with (force)`);
  });

  const applied = () => ask(url, 'select name from schema_migrations order by id');

  test('brings an empty database up once, though several hosts start at once', async () => {
    await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(await applied()).toContainEqual({ name: '0001_gateway' });
    expect(await ask(url, 'select name from schema_migrations group by name having count(*) > 1')).toEqual([]);
    expect(await ask(url, 'select offset_ms::integer from gateway_clock')).toEqual([{ offset_ms: 0 }]);
  });

  test('does nothing the second time, and keeps what is there', async () => {
    const before = await applied();
    await ask(
      url,
      `insert into merchants (id, name, email, api_key, api_secret, webhook_secret)
       values (gen_random_uuid(), 'Kept', 'kept@example.com', 'key_kept', '', '')`,
    );
    await migrate(url);
    expect(await applied()).toEqual(before);
    expect(await ask(url, 'select name from merchants')).toEqual([{ name: 'Kept' }]);
  });

  test('says what is wrong when there is no database', async () => {
    const nowhere = Object.assign(new URL(url), { pathname: '/gateway_test_nowhere' }).href;
    await expect(migrate(nowhere)).rejects.toThrow('database "gateway_test_nowhere" does not exist');
  });
});
