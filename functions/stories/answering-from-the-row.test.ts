import { afterAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { statement } from '../../shared/database/database.ts';
import { dynamodbClient } from '../../shared/idempotency/dynamodb-client.ts';
import { doorOf } from '../../shared/testing/door-of.ts';
import { startDynamodb } from '../../shared/testing/dynamodb-emulator.ts';
import { everythingStored } from '../../shared/testing/everything-stored.ts';
import { type Answered, type Knock, knock, testCredentials } from '../../shared/testing/knock.ts';
import { ring } from '../../shared/testing/ring.ts';
import { anOrder, aPaidPayment, aRefund } from '../../shared/testing/shop.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';
import { handler as settlePayment } from '../jobs/settle-payment.ts';
import { handler as settleRefund } from '../jobs/settle-refund.ts';

const dynamodb = await startDynamodb();
const client = dynamodbClient();
afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});

const itemsThere = async () => (await client.send(new ScanCommand({ TableName: dynamodb.table }))).Items ?? [];

/** As if every host had died after its commit, or DynamoDB had never heard of it. */
async function forgetAnswers(): Promise<void> {
  for (const { pk } of await itemsThere()) {
    await client.send(new DeleteItemCommand({ TableName: dynamodb.table, Key: { pk: pk! } }));
  }
}

const day = 24 * 60 * 60 * 1_000;
const byUpi = async () => ({ order_id: await anOrder(), method: 'upi', vpa: 'asha@okbank' });
const card = { number: '4111 1111 1111 1111', expiry_month: 12, expiry_year: 2099, cvv: '737', holder_name: 'Asha' };

/** Every route that takes a key: a request, another one, and what becomes of its work afterwards. */
const cases: Record<string, { call(): Promise<Knock>; another: object; then(id: string): Promise<unknown> }> = {
  createOrder: {
    call: async () => ({ body: { amount: 50_000, receipt: 'r-1', notes: { '2': 'b', '1': 'a', é: [null] } } }),
    another: { amount: 50_001 },
    then: async (id) => knock(await doorOf(routes.createPayment), { body: { ...(await byUpi()), order_id: id } }),
  },
  createPayment: {
    call: async () => ({ body: { order_id: await anOrder(), method: 'card', card } }),
    another: { card: { ...card, cvv: '738' } },
    then: async (id) => {
      await ring(settlePayment, 'settle-payment', id);
      await knock(await doorOf(routes.capturePayment), { params: { id }, body: {} });
    },
  },
  createPublicPayment: {
    call: async () => ({ body: { ...(await byUpi()), vpa: 'failure@test' }, headers: {} }),
    another: { vpa: 'success@test' },
    then: (id) => ring(settlePayment, 'settle-payment', id),
  },
  capturePayment: {
    call: async () => ({ params: { id: await aPaidPayment() }, body: {} }),
    another: { amount: 50_000 },
    then: async (id) => ring(settleRefund, 'settle-refund', await aRefund(id, 30_000)),
  },
  createRefund: {
    call: async () => ({ params: { id: await aPaidPayment() }, body: { amount: 100, reason: 'Späte "Lieferung"' } }),
    another: { amount: 200 },
    then: (id) => ring(settleRefund, 'settle-refund', id),
  },
};

test('every route that takes a key is examined', () => {
  const taking = Object.entries<Route>(routes).filter(([, { idempotent }]) => idempotent);
  expect(Object.keys(cases).sort()).toEqual(taking.map(([name]) => name).sort());
});

describe.each(Object.entries(cases))('an answer of %s that DynamoDB never got', (name, its) => {
  const used = useTestGateway({ ...dynamodb.env, REFUND_PROCESSING_DELAY: '0' });
  const route = (routes as Record<string, Route>)[name]!;
  const knockWith = async (request: Knock, key: string) => {
    const headers = { ...(request.headers ?? testCredentials), 'idempotency-key': key };
    return knock(await doorOf(route), { ...request, headers });
  };

  test('is read from the row, to the byte, whatever became of it since', async () => {
    const [request, key] = [await its.call(), randomUUID()];
    const first = await knockWith(request, key);
    expect(first.status).toBe(route.status);
    await its.then(first.json.id);
    await forgetAnswers();
    const before = await everythingStored(used);
    for (let again = 0; again < 2; again++) {
      const repeated = await knockWith(request, key);
      expect([repeated.status, repeated.text]).toEqual([first.status, first.text]);
      expect(repeated.headers['content-type']).toBe(first.headers['content-type']);
      expect(repeated.headers['idempotent-replayed']).toBe('true');
    }
    expect(await everythingStored(used)).toEqual(before);
  });

  test('is given to nobody who asks for something else with its key', async () => {
    const [request, key] = [await its.call(), randomUUID()];
    const first = await knockWith(request, key);
    await forgetAnswers();
    const other = { ...request, body: { ...(request.body as object), ...its.another } };
    for (let again = 0; again < 2; again++) {
      const refused = await knockWith(other, key);
      expect([refused.status, refused.json.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    expect((await knockWith(request, key)).text).toBe(first.text);
  });

  test('is nobody’s after 24 hours, and the key is new', async () => {
    const key = randomUUID();
    const first = await knockWith(await its.call(), key);
    await forgetAnswers();
    await used.advanceClock(day - 60_000);
    expect((await knockWith(await its.call(), key)).status).toBe(name === 'createOrder' ? 201 : 422);
    await forgetAnswers();
    await used.advanceClock(60_000);
    const request = await its.call();
    const next = await knockWith(request, key);
    expect(next.status).toBe(route.status);
    expect(next.json.id).not.toBe(first.json.id);
    expect(next.headers).not.toHaveProperty('idempotent-replayed');
    await forgetAnswers();
    expect((await knockWith(request, key)).text).toBe(next.text);
  });

  test('because DynamoDB went away after the commit, costs the caller nothing', async () => {
    const [request, key] = [await its.call(), randomUUID()];
    const store = used.gateway.idempotency;
    const whole = { ...store };
    store.confirm = () => Promise.reject(new Error('DynamoDB is away'));
    try {
      const first = await knockWith(request, key);
      expect(first.status).toBe(route.status);
      expect((await knockWith(request, key)).text).toBe(first.text);
    } finally {
      Object.assign(store, whole);
    }
  });

  test('does not let two calls commit that were both told to begin', async () => {
    const [request, key] = [await its.call(), randomUUID()];
    await forgetAnswers();
    const claimed = () => until('the key is claimed', async () => (await itemsThere()).length === 1);
    const waiting = async () => {
      const [row] = await used.sql<{ n: number }>(
        `select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return row!.n;
    };
    const calls: Promise<Answered>[] = [];
    await used.database.transaction(async (within) => {
      await within.rows(statement('', 'lock table orders, payments, refunds in share mode'));
      calls.push(knockWith(request, key));
      await claimed();
      // DynamoDB forgets that somebody is at work, and tells the next one to begin.
      await forgetAnswers();
      calls.push(knockWith(request, key));
      await claimed();
      await until('both are at work', async () => (await waiting()) === 2);
    });
    const answers = await Promise.all(calls);
    const [done, ...more] = answers.filter(({ status }) => status === route.status);
    expect(more).toEqual([]);
    const [refused] = answers.filter((answer) => answer !== done);
    // A payment that was captured meanwhile is refused before its key is looked at.
    expect(refused!.json.error.code).toBe(name === 'capturePayment' ? 'BAD_REQUEST_ERROR' : 'IDEMPOTENCY_KEY_IN_USE');
    expect((await knockWith(request, key)).text).toBe(done!.text);
  });
});
