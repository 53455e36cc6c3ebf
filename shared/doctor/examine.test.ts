import { describe, expect, test } from '@jest/globals';
import { everythingStored } from '../testing/everything-stored.ts';
import { queueBackends, useTestGateway } from '../testing/test-gateway.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';

const levels = (findings: readonly Finding[], section: string) =>
  findings.filter((finding) => finding.section === section).map(({ name, level }) => `${name} ${level}`);

describe.each(queueBackends)('examining a gateway with its queue on %s', (backend) => {
  const tested = useTestGateway({ QUEUE_BACKEND: backend });
  const { sql, env } = tested;
  const alive = () => sql('insert into worker_heartbeats values (gen_random_uuid(), gateway_now())');
  /** Changes something, examines and changes it back. */
  async function having<T>(change: string, back: string, look: () => Promise<T>): Promise<T> {
    await sql(change);
    try {
      return await look();
    } finally {
      await sql(back);
    }
  }

  test('that is well finds no fault and writes nothing', async () => {
    await alive();
    // The queue belongs to the gateway of this test, which sets it up in its own time.
    const stored = async () =>
      Object.entries(await everythingStored(tested)).filter(([name]) => name.startsWith('public.'));
    const before = await stored();
    const findings = await examine(env);
    expect(findings.filter(({ level }) => level === 'fault' || level === 'not examined')).toEqual([]);
    expect(new Set(findings.map(({ section }) => section))).toEqual(
      new Set(
        'configuration database migrations queue worker money ledger events deliveries work idempotency secrets guards'.split(
          ' ',
        ),
      ),
    );
    expect(await stored()).toEqual(before);
  });

  test('without a worker says what that means', async () => {
    await sql('delete from worker_heartbeats');
    const findings = await examine(env);
    expect(levels(findings, 'worker')).toEqual(['heartbeat fault']);
    await sql(`insert into worker_heartbeats values (gen_random_uuid(), gateway_now() - interval '11 s')`);
    expect((await examine(env)).find(({ section }) => section === 'worker')?.says).toMatch(/the last one 1[12] s ago/);
    await alive();
    expect(levels(await examine(env), 'worker')).toEqual(['heartbeat ok']);
  });

  test('whose clock was moved outside test mode', async () => {
    const [outside, inside] = await having(
      'update gateway_clock set offset_ms = 5000',
      'update gateway_clock set offset_ms = 0',
      () => Promise.all([examine({ ...env, TEST_MODE: 'false' }), examine(env)]),
    );
    expect(levels(outside, 'database')).toContain('clock fault');
    expect(levels(inside, 'database')).toContain('clock ok');
  });

  test('whose migrations are behind, and ahead', async () => {
    const behind = await having(
      `update schema_migrations set name = '0001_other' where name = '0001_gateway'`,
      `update schema_migrations set name = '0001_gateway' where name = '0001_other'`,
      () => examine(env),
    );
    expect(behind.find(({ section }) => section === 'migrations')).toMatchObject({
      level: 'fault',
      says: 'Not applied: 0001_gateway.',
    });
    expect(levels(behind, 'money')).toEqual(['money not examined']);
    const ahead = await having(
      `insert into schema_migrations (name, run_on) values ('0099_future', gateway_now())`,
      `delete from schema_migrations where name = '0099_future'`,
      () => examine(env),
    );
    expect(ahead.find(({ section }) => section === 'migrations')).toMatchObject({
      level: 'warning',
      says: expect.stringContaining('0099_future'),
    });
  });

  test('whose database is away: the rest is not examined, and no stack is shown', async () => {
    const findings = await examine({ ...env, DATABASE_URL: 'postgres://u:p@127.0.0.1:1/none' });
    expect(levels(findings, 'database')).toEqual(['reachable fault']);
    expect(levels(findings, 'money')).toEqual(['money not examined']);
    expect(findings.map(({ says }) => says).join()).not.toMatch(/\n|at .*\.ts/);
  });

  test('whose settings are wrong', async () => {
    const findings = await examine({ ...env, TEST_MODE: 'perhaps', SEALING_KEYS: 'short' });
    expect(levels(findings, 'configuration')).toEqual(['SEALING_KEYS fault', 'TEST_MODE fault']);
    expect(levels(findings, 'database')).toEqual(['database not examined']);
  });

  test('that is in production in test mode', async () => {
    const key = `a:${Buffer.alloc(32, 7).toString('base64')}`;
    const production = {
      ...env,
      GATEWAY_MODE: 'production',
      SEED_TEST_MERCHANT: '',
      SEALING_KEYS: key,
      RATE_LIMIT_MERCHANT: '0',
    };
    const findings = await examine(production);
    expect(levels(findings, 'configuration')).toEqual(
      expect.arrayContaining(['TEST_MODE warning', 'RATE_LIMIT_MERCHANT warning']),
    );
    expect(levels(findings, 'secrets')).toContain('secrets-can-be-opened fault');
  });

  if (backend === 'redis') {
    test('whose Redis is away', async () => {
      const findings = await examine({ ...env, REDIS_URL: 'redis://127.0.0.1:1' });
      expect(levels(findings, 'queue')).toEqual(['backend fault']);
    });
    test('whose Redis is there', async () => {
      expect(levels(await examine(env), 'queue')).toEqual([
        'backend ok',
        expect.stringMatching(/^eviction/),
        expect.stringMatching(/^persistence/),
      ]);
    });
  }
});
