import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../../localstack/ports/is-port-taken.ts';
import { type Postgres, startPostgres } from '../../localstack/postgres/start-postgres.ts';
import { seed } from '../../localstack/seed.ts';
import { migrate } from '../../shared/database/migrate.ts';
import { testCredentials } from '../../shared/testing/knock.ts';
import { faultsIn } from '../../shared/testing/refusal.ts';
import { send, type Sent } from '../../shared/testing/send.ts';
import { startApi, type TestApi } from '../../shared/testing/start-api.ts';
import { queueBackends } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';

describe.each(queueBackends)('while the database is down, with the queue on %s', (backend) => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-down-'));
  // As root, PostgreSQL runs as another user, who has to get in.
  chmodSync(folder, 0o755);
  let port: number;
  let postgres: Postgres;
  let api: TestApi;

  const startDatabase = () => startPostgres({ dataDir: join(folder, 'postgres'), port, durable: false });

  beforeAll(async () => {
    port = await anyFreePort();
    postgres = await startDatabase();
    await migrate(postgres.url);
    const env = { ...sandbox, DATABASE_URL: postgres.url };
    await seed({ env, databaseUrl: postgres.url, testMerchantWebhookUrl: 'http://127.0.0.1:9/webhook' });
    api = await startApi(env);
  });
  afterAll(async () => {
    await api.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const sandbox = {
    GATEWAY_MODE: 'sandbox',
    SEED_TEST_MERCHANT: 'true',
    TEST_MODE: 'true',
    ...(backend === 'postgres'
      ? { QUEUE_BACKEND: 'postgres' }
      : { QUEUE_BACKEND: 'redis', REDIS_URL: process.env.TEST_REDIS_URL, QUEUE_PREFIX: 'test-down' }),
    LOG_LEVEL: 'info',
  };
  const order: Sent = { method: 'POST', path: '/api/v1/orders', headers: testCredentials, body: { amount: 500 } };
  const requests: Sent[] = [
    order,
    { path: '/api/v1/orders', headers: testCredentials },
    { path: '/api/v1/orders', headers: { 'x-api-key': 'unknown' } },
    { path: `/api/v1/orders/order_${'A'.repeat(16)}/public` },
    { path: '/api/v1/test/jobs/status' },
    { path: '/api/v1/test/merchant' },
    {
      method: 'POST',
      path: '/api/v1/payments/public',
      body: { order_id: `order_${'A'.repeat(16)}`, method: 'upi', vpa: 'a@b' },
    },
  ];

  test('every route says when to come back, and the API recovers by itself', async () => {
    expect((await send(api.url, order)).status).toBe(201);
    await postgres.stop();

    for (const sent of requests) {
      const answer = await send(api.url, sent);
      expect([sent.path, ...faultsIn(answer, { status: 503, says: /^The gateway cannot reach its database/ })]).toEqual(
        [sent.path],
      );
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    }
    const health = await send(api.url, { path: '/health' });
    expect(health.status).toBe(503);
    expect(health.json).toEqual({ status: 'unhealthy', database: 'disconnected', timestamp: expect.any(String) });
    expect(health.headers['retry-after']).toMatch(/^[1-9]\d*$/);

    // What needs no database goes on: input is refused, the reference is served.
    expect((await send(api.url, { path: '/openapi.json' })).status).toBe(200);
    const bad = await send(api.url, { method: 'POST', path: '/api/v1/payments/public', body: '{' });
    expect(faultsIn(bad, { status: 400 })).toEqual([]);

    postgres = await startDatabase();
    await until('the API is healthy again', async () => (await send(api.url, { path: '/health' })).status === 200);
    expect((await send(api.url, order)).status).toBe(201);
    expect((await send(api.url, requests[1]!)).json.total).toBe(2);
  });
});
