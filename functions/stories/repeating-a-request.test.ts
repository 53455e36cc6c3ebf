import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { type AnotherMerchant, anotherMerchant } from '../../shared/testing/another-merchant.ts';
import { doorOf } from '../../shared/testing/door-of.ts';
import { everythingStored } from '../../shared/testing/everything-stored.ts';
import { idempotencyStores } from '../../shared/testing/idempotency-stores.ts';
import { type Knock, knock, testCredentials } from '../../shared/testing/knock.ts';
import { anOrder, aPaidPayment, aPayment } from '../../shared/testing/shop.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as createOrder } from '../http/orders/create.ts';
import { handler as createPayment } from '../http/payments/create.ts';
import { handler as createPublicPayment } from '../http/payments/create-public.ts';
import { handler as createRefund } from '../http/refunds/create.ts';

const day = 24 * 60 * 60 * 1_000;
const withKey = (key: string, credentials: Record<string, string> = testCredentials) => ({
  ...credentials,
  'idempotency-key': key,
});
const byUpi = (order_id: string) => ({ order_id, method: 'upi', vpa: 'asha@okbank' });

describe.each(await idempotencyStores())('a request with an Idempotency-Key, on $name', ({ env, keptOf }) => {
  const used = useTestGateway({ ...env, REFUND_PROCESSING_DELAY: '60000' });
  const { sql, advanceClock } = used;
  let other: AnotherMerchant;
  beforeAll(async () => {
    other = await anotherMerchant(used);
    await sql(`update merchants set webhook_url = 'http://127.0.0.1:9/webhook'`);
  });
  const countOf = async (what: string, values: unknown[] = []) =>
    (await sql<{ n: number }>(`select count(*) as n from ${what}`, values))[0]!.n;

  type Case = { route: Route; call: () => Promise<Knock>; another: (call: Knock) => Knock };
  const bodyWith = (change: object) => (call: Knock) => ({ ...call, body: { ...(call.body as object), ...change } });
  /** Every route that takes a key, with a request that does something, and one like it that is another. */
  const cases: Record<string, Case> = {
    createOrder: {
      route: routes.createOrder,
      call: async () => ({ body: { amount: 50_000, notes: { b: 1, a: [2] } } }),
      another: bodyWith({ amount: 50_001 }),
    },
    createPayment: {
      route: routes.createPayment,
      call: async () => ({ body: byUpi(await anOrder()) }),
      another: bodyWith({ vpa: 'asha@other' }),
    },
    createPublicPayment: {
      route: routes.createPublicPayment,
      call: async () => ({ body: byUpi(await anOrder()), headers: {} }),
      another: bodyWith({ vpa: 'asha@other' }),
    },
    capturePayment: {
      route: routes.capturePayment,
      call: async () => ({ params: { id: await aPaidPayment() }, body: {} }),
      another: bodyWith({ amount: 50_000 }),
    },
    createRefund: {
      route: routes.createRefund,
      call: async () => ({ params: { id: await aPaidPayment() }, body: { amount: 100 } }),
      another: bodyWith({ reason: 'another' }),
    },
  };
  const knockAt = async (route: Route, call: Knock, key: string) =>
    knock(await doorOf(route), { ...call, headers: withKey(key, call.headers) });

  test('is taken on every route that creates or moves money', () => {
    const taking = Object.entries<Route>(routes).filter(([, { idempotent }]) => idempotent);
    expect(Object.keys(cases).sort()).toEqual(taking.map(([name]) => name).sort());
  });

  describe.each(Object.entries(cases))('to %s', (_, { route, call, another }) => {
    test('gets the first answer again, to the byte, and nothing is done', async () => {
      const [key, request] = [randomUUID(), await call()];
      const first = await knockAt(route, request, key);
      expect(first.status).toBe(route.status);
      expect(first.headers).not.toHaveProperty('idempotent-replayed');
      const [kept] = await keptOf(key, used);
      expect(JSON.parse(String(kept!.answer)).body).toBe(first.text);
      const before = await everythingStored(used);
      for (let again = 0; again < 3; again++) {
        const repeated = await knockAt(route, request, key);
        expect([repeated.status, repeated.text]).toEqual([first.status, first.text]);
        expect(repeated.headers['idempotent-replayed']).toBe('true');
        expect(repeated.headers['content-type']).toBe(first.headers['content-type']);
        expect(repeated.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
      }
      expect(await everythingStored(used)).toEqual(before);
    });

    test('fifty at once: one is done, the others get its bytes or are told to wait', async () => {
      const [key, request] = [randomUUID(), await call()];
      const answers = await Promise.all(Array.from({ length: 50 }, () => knockAt(route, request, key)));
      const done = answers.filter(({ status }) => status === route.status);
      expect(new Set(done.map(({ text }) => text)).size).toBe(1);
      expect(done.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1);
      for (const { status, json, headers } of answers.filter((answer) => !done.includes(answer))) {
        expect([status, json.error.code]).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE']);
        expect(headers['retry-after']).toBe('1');
      }
      expect((await knockAt(route, request, key)).text).toBe(done[0]!.text);
    });

    test('with another body is refused, and nothing of the first is told', async () => {
      const [key, request] = [randomUUID(), await call()];
      const first = await knockAt(route, request, key);
      const before = await everythingStored(used);
      const { status, json, text } = await knockAt(route, another(request), key);
      expect([status, json.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      expect(text).not.toContain(first.json.id);
      expect(text).not.toContain('amount');
      expect(await everythingStored(used)).toEqual(before);
      expect((await knockAt(route, request, key)).text).toBe(first.text);
    });

    test('after 24 hours the key is new', async () => {
      const key = randomUUID();
      const first = await knockAt(route, await call(), key);
      await advanceClock(day);
      const next = await knockAt(route, await call(), key);
      expect(next.status).toBe(route.status);
      expect(next.json.id).not.toBe(first.json.id);
      expect(next.headers).not.toHaveProperty('idempotent-replayed');
    });
  });

  test('of another merchant, or on another route, has nothing to do with it', async () => {
    const key = randomUUID();
    const body = { amount: 50_000 };
    const mine = await knock(createOrder, { headers: withKey(key), body });
    const theirs = await knock(createOrder, { headers: withKey(key, other.credentials), body });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.json.id).not.toBe(mine.json.id);
    expect(theirs.json.merchant_id).toBe(other.id);
    const request = { body: byUpi(mine.json.id) };
    const payment = await knock(createPayment, { headers: withKey(key), ...request });
    const byShopper = await knock(createPublicPayment, { headers: { 'idempotency-key': key }, ...request });
    expect([payment.status, byShopper.status]).toEqual([201, 201]);
    expect(byShopper.json.id).not.toBe(payment.json.id);
  });

  test('for another payment is another request, whatever its body', async () => {
    const key = randomUUID();
    const [one, two] = [await aPaidPayment(), await aPaidPayment()];
    const refund = (id: string) =>
      knock(createRefund, { params: { id }, headers: withKey(key), body: { amount: 100 } });
    expect((await refund(one)).status).toBe(201);
    expect((await refund(two)).json.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await countOf('refunds where payment_id = $1', [two])).toBe(0);
  });

  test('may be printed with other spaces and in another order of keys', async () => {
    const key = randomUUID();
    const first = await knock(createOrder, { headers: withKey(key), body: '{"amount":500,"notes":{"a":1,"b":2}}' });
    const again = await knock(createOrder, {
      headers: withKey(key),
      body: '{ "notes": { "b": 2, "a": 1 },\n "amount": 500 }',
    });
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  describe('that was refused leaves its key free', () => {
    const order = { amount: 50_000 };
    test.each([
      [
        '400, wrong amount',
        400,
        async (key: string) => knock(createOrder, { headers: withKey(key), body: { amount: 1 } }),
      ],
      ['400, no JSON', 400, async (key: string) => knock(createOrder, { headers: withKey(key), body: '{' })],
      ['413', 413, async (key: string) => knock(createOrder, { headers: withKey(key), body: 'x'.repeat(70_000) })],
      [
        '401',
        401,
        async (key: string) =>
          knock(createOrder, { headers: withKey(key, { ...testCredentials, 'x-api-secret': 'wrong' }), body: order }),
      ],
      [
        '500, from the depth of the work',
        500,
        async (key: string) => {
          await sql(`create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`);
          await sql('create trigger fail before insert on orders for each row execute function fail()');
          try {
            return await knock(createOrder, { headers: withKey(key), body: { amount: 99_999 } });
          } finally {
            await sql('drop function fail cascade');
          }
        },
      ],
    ])('%s', async (_, status, refusedOnce) => {
      const key = randomUUID();
      expect((await refusedOnce(key)).status).toBe(status);
      expect(await keptOf(key, used)).toEqual([]);
      const { status: then, headers } = await knock(createOrder, { headers: withKey(key), body: order });
      expect(then).toBe(201);
      expect(headers).not.toHaveProperty('idempotent-replayed');
    });

    test.each([
      ['404, no such order', 404, async () => byUpi('order_0000000000000000')],
      ['400, a wrong VPA', 400, async () => ({ ...byUpi(await anOrder()), vpa: 'nonsense' })],
      ['400, a wrong card', 400, async () => ({ ...byUpi(await anOrder()), method: 'card', card: {} })],
      ['400, an unknown method', 400, async () => ({ ...byUpi(await anOrder()), method: 'cash' })],
    ])('of a payment: %s', async (_, status, wrong) => {
      for (const [door, headers] of [
        [createPayment, testCredentials],
        [createPublicPayment, {}],
      ] as const) {
        const key = randomUUID();
        const refused = await knock(door, { headers: withKey(key, headers), body: await wrong() });
        expect(refused.status).toBe(status);
        expect(await keptOf(key, used)).toEqual([]);
        expect((await knock(door, { headers: withKey(key, headers), body: byUpi(await anOrder()) })).status).toBe(201);
      }
    });

    test.each([
      ['in no refundable state', aPayment, { amount: 100 }],
      ['of less', aPaidPayment, { amount: 50_001 }],
    ])('of a refund: a payment %s', async (_, make, body) => {
      const key = randomUUID();
      const refused = await knock(createRefund, { params: { id: await make() }, headers: withKey(key), body });
      expect(refused.status).toBe(400);
      const params = { id: await aPaidPayment() };
      expect((await knock(createRefund, { params, headers: withKey(key), body: { amount: 1 } })).status).toBe(201);
    });
  });

  describe('whose key is', () => {
    test.each(['', '   '])('%j, is a request without one', async (key) => {
      const answers = [1, 2].map(() => knock(createOrder, { headers: withKey(key), body: { amount: 500 } }));
      const [one, two] = await Promise.all(answers);
      expect(one!.json.id).not.toBe(two!.json.id);
    });

    test.each(['k', 'k'.repeat(255), 'a b', '"quoted"', '~!@#$%^&*()', "'; drop table orders; --"])(
      '%j, is taken',
      async (key) => {
        const first = await knock(createOrder, { headers: withKey(key), body: { amount: 500 } });
        const again = await knock(createOrder, { headers: withKey(key), body: { amount: 500 } });
        expect([first.status, again.text]).toEqual([201, first.text]);
      },
    );

    test.each(['k'.repeat(256), 'a\tb', 'a\0b', 'a\u007fb', 'clé', '\ud83d\ude00'])('%j, is refused', async (key) => {
      const before = await countOf('orders');
      const { status, json } = await knock(createOrder, { headers: withKey(key), body: { amount: 500 } });
      expect(status).toBe(400);
      expect(json.error).toMatchObject({ code: 'BAD_REQUEST_ERROR', field: 'Idempotency-Key' });
      expect(await countOf('orders')).toBe(before);
    });
  });

  test('holds no card number, and nothing a list of card numbers could be tried against', async () => {
    const card = { number: '4111111111111111', expiry_month: 12, expiry_year: 2099, cvv: '737', holder_name: 'Asha' };
    const body = { order_id: await anOrder(), method: 'card', card };
    const key = randomUUID();
    expect((await knock(createPayment, { headers: withKey(key), body })).status).toBe(201);
    const [row] = await keptOf(key, used);
    const rows = JSON.stringify([row, await sql('select * from payments where order_id = $1', [body.order_id])]);
    // The code as a value of its own: an id may end in these digits.
    expect(rows).not.toMatch(/4111111111111111|(?<![\w-])737\\?"/);
    expect(row!.fingerprint).toMatch(/^sandbox:[\w-]{43}$/);
  });
});
