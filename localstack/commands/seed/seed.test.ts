import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { examine } from '../../../shared/doctor/examine.ts';
import { eventBodies } from '../../../shared/contracts/events.ts';
import type { EventType } from '../../../shared/contracts/webhooks.ts';
import { useTestGateway } from '../../../shared/testing/test-gateway.ts';
import { createVerifyWebhook } from '../../test-merchant/verify-webhook.ts';

type Ended = { status: number; stdout: string; stderr: string };

/** The command as a process of its own, told of no running stack but what `env` says. */
function runSeed(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  const script = fileURLToPath(new URL('../seed.ts', import.meta.url));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, ...args],
      { env: { ...process.env, GATEWAY_DATA_DIR: '/nowhere', ...env } },
      (error, stdout, stderr) => resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

describe('npm run seed', () => {
  const { sql, env } = useTestGateway();
  let first: Ended;

  beforeAll(async () => {
    await sql(`update merchants set webhook_url = 'http://127.0.0.1:9/webhook'`);
    await sql(`insert into worker_heartbeats values (gen_random_uuid(), gateway_now() + interval '1 h')`);
    first = await runSeed(env, '--payments', '2500', '--seed', '7');
  });

  test('makes exactly as many payments as were asked for, and says what else', async () => {
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /2,\d{3} orders, 2,500 payments, \d+ refunds, [\d,]+ events, [\d,]+ deliveries, in \d/,
    );
    expect(await sql('select count(*) as n from payments')).toEqual([{ n: 2_500 }]);
  });

  test('and the doctor finds nothing wrong', async () => {
    const findings = await examine(env);
    const wrong = findings.filter(({ level }) => level !== 'ok').map(({ name, offenders }) => ({ name, offenders }));
    // A test's database may lose what was committed.
    expect(wrong.filter(({ name }) => name !== 'durability')).toEqual([]);
    expect(findings.length).toBeGreaterThan(45);
  });

  test('every state is there, open work among it', async () => {
    const statuses = async (table: string) =>
      (await sql<{ status: string }>(`select distinct status from ${table} order by 1`)).map(({ status }) => status);
    expect(await statuses('payments')).toEqual(['failed', 'partially_refunded', 'pending', 'refunded', 'success']);
    expect(await statuses('refunds')).toEqual(['failed', 'pending', 'processed']);
    expect(await statuses('webhook_logs')).toEqual(['failed', 'pending', 'success']);
  });

  test('the bodies of events are those the reference has', async () => {
    const events = await sql<{ type: EventType; payload: string }>('select type, payload from events');
    for (const { type, payload } of events) {
      expect(eventBodies[type].parse(JSON.parse(payload))).toEqual(JSON.parse(payload));
      expect(JSON.stringify(JSON.parse(payload))).toBe(payload);
    }
    expect(events.length).toBeGreaterThan(7_500);
  });

  test('attempts were signed as the merchant verifies it', async () => {
    const verify = createVerifyWebhook('whsec_test_abc123');
    const attempts = await sql<{ request_headers: Record<string, string>; payload: string; attempted_at: Date }>(
      `select a.request_headers, l.payload, a.attempted_at from webhook_attempts a join webhook_logs l on l.id = a.webhook_log_id`,
    );
    for (const { request_headers, payload, attempted_at } of attempts) {
      const headers = Object.fromEntries(
        Object.entries(request_headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      expect(verify(headers, Buffer.from(payload), attempted_at.getTime())).toEqual({ verified: true });
    }
    expect(attempts.length).toBeGreaterThan(100);
  });

  test('the same seed again is refused before anything is written twice; another one adds to it', async () => {
    const again = await runSeed(env, '--payments', '2500', '--seed', '7');
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('the seed 7 was used here before');
    expect(await sql('select count(*) as n from payments')).toEqual([{ n: 2_500 }]);
    const { stdout } = await runSeed(env, '--payments', '20', '--seed', '8', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ payments: 20, took_ms: expect.any(Number) });
    expect(await sql('select count(*) as n from payments')).toEqual([{ n: 2_520 }]);
  });

  test('production is left alone', async () => {
    const production = {
      ...{ GATEWAY_MODE: 'production', SEED_TEST_MERCHANT: '' },
      SEALING_KEYS: `prod:${Buffer.alloc(32, 7).toString('base64')}`,
    };
    const { status, stderr } = await runSeed({ ...env, ...production }, '--payments', '1');
    expect([status, stderr]).toEqual([1, expect.stringContaining('production one')]);
    expect(await sql('select count(*) as n from payments')).toEqual([{ n: 2_520 }]);
  });

  test.each([['--payments', '0'], ['--payments', '1000001'], ['--payments', '1e3'], ['--seed', '-1'], ['--many']])(
    '%s %s is told what would be right',
    async (...args) => {
      const { status, stderr } = await runSeed(env, ...args.filter(Boolean));
      expect([status, stderr]).toEqual([2, expect.stringContaining('npm run seed')]);
    },
  );

  test('a database that is away is said in a sentence, and help needs none', async () => {
    const empty = await runSeed({ ...env, DATABASE_URL: 'postgres://u:p@127.0.0.1:1/none' });
    expect([empty.status, empty.stderr]).toEqual([1, expect.stringMatching(/does not answer/)]);
    expect((await runSeed(env, '--help')).stdout).toContain('--payments');
  });
});
