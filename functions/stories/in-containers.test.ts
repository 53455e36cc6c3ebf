import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anyFreePort } from '../../localstack/ports/is-port-taken.ts';
import type { Delivery } from '../../localstack/test-merchant/delivery.ts';
import { type Containers, runContainers } from '../../localstack/compose/run-containers.ts';
import { startDynamodb } from '../../shared/testing/dynamodb-emulator.ts';
import { startSqs } from '../../shared/testing/sqs-emulator.ts';
import { createEmptyDatabase, type TestDatabase } from '../../shared/testing/test-database.ts';
import { queueBackends } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';

const databaseAddress = 'postgresql://gateway_user:gateway_pass@postgres:5432/payment_gateway';
const programs = ['api', 'worker', 'dashboard', 'checkout', 'test-merchant'];

/** On Redis as `docker compose up` has it, and as it is with the profile for LocalStack. */
const ways = [...queueBackends.filter((backend) => backend === 'redis'), 'sqs'];

describe.each(ways)('the programs of docker-compose.yml, queues on %s', (backend) => {
  let database: TestDatabase;
  let containers: Containers;
  let lambdaPort = 0;
  const emulators: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    database = await createEmptyDatabase();
    const addresses = { [databaseAddress]: database.url, 'redis://redis:6379': process.env['TEST_REDIS_URL'] ?? '' };
    lambdaPort = await anyFreePort();
    const env = { LAMBDA_PORT: String(lambdaPort), QUEUE_PREFIX: `compose_${process.pid}_${backend}` };
    if (backend === 'redis') {
      containers = await runContainers({ addresses, env });
      return;
    }
    const [sqs, dynamodb] = [await startSqs(), await startDynamodb()];
    emulators.push(sqs, dynamodb);
    const places = { addresses, env: { ...env, ...sqs.env, ...dynamodb.env } };
    containers = await runContainers(places, { QUEUE_BACKEND: 'sqs', IDEMPOTENCY_STORE: 'dynamodb' });
  });
  afterAll(async () => {
    await containers.stop();
    await Promise.all(emulators.map((emulator) => emulator.stop()));
    await database.drop();
  });

  test('are well by their own healthchecks, once the migrations have run', async () => {
    expect(await containers.run('migrate')).toBe(0);
    expect(await containers.run('migrate')).toBe(0);
    expect(await containers.health('api')).toBe(1);
    for (const name of programs) containers.start(name);
    for (const name of programs) {
      await until(
        `${name} is well`,
        async () => (await containers.health(name)) === 0 || containers.output(),
        30_000,
        200,
      );
    }
  }, 60_000);

  test('are one gateway: an order from the shop, a payment from the checkout, a webhook back at the shop', async () => {
    const { api, checkout, dashboard, 'test-merchant': shop } = containers.urls;
    const purchase = { quantity: 1, purchase_key: crypto.randomUUID() };
    const { order_id } = await post(`${shop}/shop/orders`, purchase);
    const paid = await post(`${dashboard}/api/v1/payments/public`, { order_id, method: 'upi', vpa: 'success@test' });
    const accepted = async () => {
      const { data } = await getJson<{ data: Delivery[] }>(`${shop}/logs?event=payment.success`);
      return data.some(({ verified, status }) => verified && status === 200) || containers.output();
    };
    await until('the webhook is verified', accepted, 20_000);
    expect((await getJson<{ status: string }>(`${api}/api/v1/payments/${paid['id']}/public`)).status).toBe('success');

    // What a browser is told to ask is what a browser can reach.
    const page = await fetch(`${checkout}/checkout?order_id=${order_id}`);
    expect(page.headers.get('content-security-policy')).toContain(`connect-src ${api}`);
    const session = await fetch(`${dashboard}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: dashboard },
      body: JSON.stringify({ email: 'test@example.com', password: 'test-password' }),
    });
    expect(session.status).toBe(200);
  }, 40_000);

  test('listen where another container can reach them, but for the port that invokes functions', async () => {
    const address = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    if (address === undefined) return;
    for (const url of Object.values(containers.urls)) {
      expect((await fetch(url.replace('localhost', address))).status).toBeLessThan(500);
    }
    // It invokes every function without asking who wants it.
    expect((await fetch(`http://localhost:${lambdaPort}/`)).status).toBe(404);
    await expect(fetch(`http://${address}:${lambdaPort}/`)).rejects.toThrow('fetch failed');
  });
});

async function post(url: string, body: object): Promise<Record<string, string>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Record<string, string>;
}

async function getJson<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}
