import { randomUUID } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import { handler as health } from '../../functions/http/operations/health.ts';
import { handler as createOrder } from '../../functions/http/orders/create.ts';
import { handler as getPublicOrder } from '../../functions/http/orders/get-public.ts';
import { handler as listOrders } from '../../functions/http/orders/list.ts';
import { handler as createPublicPayment } from '../../functions/http/payments/create-public.ts';
import { insertMerchant } from '../merchants/merchant-store.ts';
import { type Answered, type Knock, knock } from '../testing/knock.ts';
import { onAPromptRedis } from '../testing/on-a-prompt-redis.ts';
import { faultsIn } from '../testing/refusal.ts';
import { queueBackends, useTestGateway } from '../testing/test-gateway.ts';
import { until } from '../testing/until.ts';
import type { HttpHandler } from './chains.ts';

const limits = {
  RATE_LIMIT_MERCHANT: '3',
  RATE_LIMIT_PUBLIC_IP: '4',
  RATE_LIMIT_PUBLIC_ORDER: '2',
  RATE_LIMIT_WRONG_CREDENTIALS: '3',
};

let addresses = 0;
/** An address nobody has knocked from. */
const anAddress = () => `198.18.${++addresses >> 8}.${addresses & 255}`;
/** An order that nobody has asked for, and that does not exist. */
const anUnknownOrder = () => `order_${randomUUID().replaceAll('-', '').slice(0, 16)}`;

const statuses = (answers: readonly Answered[]) => answers.map(({ status }) => status);

async function inTurn(many: number, call: () => Promise<Answered>): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (let n = 0; n < many; n++) answers.push(await call());
  return answers;
}

/** What must be true of a 429, besides the contract's error body. */
function expectRefused(answer: Answered, policy: string): void {
  expect(faultsIn(answer, { status: 429, says: /^Too many requests .* Try again in \d+ s$/ })).toEqual([]);
  const retryAfter = Number(answer.headers['retry-after']);
  expect([58, 59, 60]).toContain(retryAfter);
  expect(answer.headers.ratelimit).toMatch(new RegExp(`"${policy}";r=0;t=${retryAfter}$`));
  expect(answer.headers['access-control-expose-headers']).toMatch(/Retry-After, RateLimit, RateLimit-Policy/);
}

describe.each(queueBackends)('rate limits, counted beside %s', (backend) => {
  const here = useTestGateway({ QUEUE_BACKEND: backend, ...limits });

  /** The credentials of a merchant that has not been seen before. */
  async function aMerchant(): Promise<Record<string, string>> {
    const { sealer, database } = here.gateway;
    const [id, secret] = [randomUUID(), randomUUID()];
    const merchant = { id, name: 'Shop', email: `${id}@example.com`, api_key: `key_${id}`, webhook_url: null };
    const secrets = { api_secret: sealer.seal(secret), webhook_secret: sealer.seal(`whsec_${id}`) };
    await insertMerchant(database, { ...merchant, ...secrets });
    return { 'x-api-key': merchant.api_key, 'x-api-secret': secret };
  }

  async function anOrderOf(headers: Record<string, string>): Promise<string> {
    return (await knock(createOrder, { headers, body: { amount: 500 } })).json.id;
  }

  const isCounting = async () => (await here.gateway.rateLimiter.count('merchant', 'nobody')) !== undefined;
  const counting = (name: string, body: () => Promise<void>) =>
    test(name, () =>
      onAPromptRedis(here.env.REDIS_URL, async () => {
        await until('it counts', isCounting);
        await body();
      }),
    );

  counting('a merchant is told how it stands, and refused when it comes too often; another is not', async () => {
    const headers = await aMerchant();
    const list = () => knock(listOrders, { headers, ip: anAddress() });
    const answers = await inTurn(4, list);
    expect(statuses(answers)).toEqual([200, 200, 200, 429]);
    for (const answer of answers) expect(answer.headers['ratelimit-policy']).toBe('"merchant";q=3;w=60');
    expect(answers[0]!.headers.ratelimit).toMatch(/^"merchant";r=2;t=(59|60)$/);
    expect(answers[2]!.headers.ratelimit).toMatch(/^"merchant";r=0;t=(59|60)$/);
    expect(answers[0]!.headers).not.toHaveProperty('retry-after');
    expectRefused(answers[3]!, 'merchant');
    expect(answers[3]!.headers['access-control-allow-origin']).toBe('http://localhost:3000');
    expect((await knock(listOrders, { headers: await aMerchant() })).status).toBe(200);
  });

  counting('an error counts like a success, and carries the headers', async () => {
    const headers = await aMerchant();
    const { status, headers: said } = await knock(createOrder, { headers, body: { amount: 1 } });
    expect(status).toBe(400);
    expect(said).toMatchObject({ 'ratelimit-policy': '"merchant";q=3;w=60' });
    expect(said.ratelimit).toMatch(/^"merchant";r=2;/);
  });

  counting('a refused POST leaves its Idempotency-Key free', async () => {
    const key = randomUUID();
    const headers = { ...(await aMerchant()), 'idempotency-key': key };
    await inTurn(3, () => knock(listOrders, { headers }));
    expectRefused(await knock(createOrder, { headers, body: { amount: 500 } }), 'merchant');
    expect(await here.sql('select * from idempotency_keys where key = $1', [key])).toEqual([]);
  });

  counting('one address is refused on public routes whatever it asks for; another is not', async () => {
    const ip = anAddress();
    const answers = [];
    for (const id of [anUnknownOrder(), anUnknownOrder(), 'nonsense', anUnknownOrder(), anUnknownOrder()]) {
      // What a caller says of its own address changes nothing.
      const headers = { 'x-forwarded-for': anAddress() };
      answers.push(await knock(getPublicOrder, { method: 'GET', headers, params: { id }, ip }));
    }
    expect(statuses(answers)).toEqual([404, 404, 404, 404, 429]);
    for (const answer of answers)
      expect(answer.headers['ratelimit-policy']).toBe('"public-ip";q=4;w=60, "public-order";q=2;w=60');
    expect(answers[1]!.headers.ratelimit).toMatch(/^"public-ip";r=2;t=\d+, "public-order";r=1;t=\d+$/);
    // What is not an id is not counted as one.
    expect(answers[2]!.headers.ratelimit).toMatch(/^"public-ip";r=1;t=\d+$/);
    expectRefused(answers[4]!, 'public-ip');
    expect(answers[4]!.headers['access-control-allow-origin']).toBe('*');
    const params = { id: anUnknownOrder() };
    expect((await knock(getPublicOrder, { method: 'GET', headers: {}, params, ip: anAddress() })).status).toBe(404);
  });

  counting('an address is refused before its body is read', async () => {
    const ip = anAddress();
    const answers = await inTurn(5, () => knock(createPublicPayment, { headers: {}, body: '{', ip }));
    expect(statuses(answers)).toEqual([400, 400, 400, 400, 429]);
  });

  counting('all addresses of an IPv6 network count together', async () => {
    let n = 0;
    const network = `2001:db8:0:${(++addresses).toString(16)}`;
    const ask = () => knock(getPublicOrder, { headers: {}, params: { id: 'x' }, ip: `${network}::${++n}` });
    expect(statuses(await inTurn(5, ask))).toEqual([404, 404, 404, 404, 429]);
  });

  counting('one order is refused from however many addresses, in the path and in a body; another is not', async () => {
    const headers = await aMerchant();
    const [order_id, other] = [await anOrderOf(headers), await anOrderOf(headers)];
    const vpa = 'asha@okbank';
    const look = (id: string) => knock(getPublicOrder, { headers: {}, params: { id }, ip: anAddress() });
    const pay = (more: Knock = {}) =>
      knock(createPublicPayment, { headers: {}, body: { order_id, method: 'upi', vpa }, ip: anAddress(), ...more });
    expect((await look(order_id)).status).toBe(200);
    expect((await pay()).status).toBe(201);
    const claim = jest.spyOn(here.gateway.idempotency, 'claim').mockClear();
    const key = randomUUID();
    const refused = await pay({ headers: { 'idempotency-key': key } });
    expectRefused(refused, 'public-order');
    expect(refused.headers.ratelimit).toMatch(/^"public-ip";r=3;t=60, "public-order";r=0;/);
    // Not even for a moment: a second try at the same time would hear of a conflict.
    expect(claim).not.toHaveBeenCalled();
    expect(await here.sql('select * from idempotency_keys where key = $1', [key])).toEqual([]);
    expect((await look(order_id)).status).toBe(429);
    expect((await look(other)).status).toBe(200);
  });

  counting('what is too long for an id is not counted', async () => {
    const body = { order_id: 'x'.repeat(65), method: 'upi', vpa: 'asha@okbank' };
    const pay = () => knock(createPublicPayment, { headers: {}, body, ip: anAddress() });
    expect(statuses(await inTurn(3, pay))).toEqual([404, 404, 404]);
  });

  describe('wrong credentials', () => {
    const guess = (headers: Record<string, string>, ip: string) => knock(listOrders, { headers, ip });

    counting(
      'run into a limit of their address, where then the right ones are refused too; elsewhere they pass',
      async () => {
        const right = await aMerchant();
        const ip = anAddress();
        const answers = await inTurn(5, () => guess({ 'x-api-key': 'key_x', 'x-api-secret': randomUUID() }, ip));
        expect(statuses(answers)).toEqual([401, 401, 401, 429, 429]);
        const policies = '"merchant";q=3;w=60, "wrong-credentials";q=3;w=60';
        for (const answer of answers) expect(answer.headers['ratelimit-policy']).toBe(policies);
        expect(answers[0]!.headers.ratelimit).toMatch(/^"wrong-credentials";r=2;t=(59|60)$/);
        expectRefused(answers[3]!, 'wrong-credentials');
        expectRefused(await guess(right, ip), 'wrong-credentials');
        expect((await guess(right, anAddress())).status).toBe(200);
      },
    );

    counting('that come all at once are answered no more often', async () => {
      const ip = anAddress();
      const answers = await Promise.all(Array.from({ length: 12 }, () => guess({}, ip)));
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(3);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(9);
    });

    counting("of a stranger do not use up the share of the key's owner", async () => {
      const right = await aMerchant();
      const wrong = { ...right, 'x-api-secret': 'guessed' };
      expect(statuses(await inTurn(10, () => guess(wrong, anAddress())))).toEqual(Array(10).fill(401));
      expect(statuses(await inTurn(3, () => guess(right, anAddress())))).toEqual([200, 200, 200]);
    });

    counting('are not what right ones are counted as', async () => {
      const ip = anAddress();
      for (let n = 0; n < 3; n++) {
        const headers = await aMerchant();
        expect(statuses(await inTurn(3, () => guess(headers, ip)))).toEqual([200, 200, 200]);
      }
      expect((await guess({}, ip)).headers.ratelimit).toMatch(/^"wrong-credentials";r=2;/);
    });
  });

  counting('what is not limited says nothing of limits', async () => {
    const ip = anAddress();
    const answers = await inTurn(6, () => knock(health, { method: 'GET', headers: {}, ip }));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(Object.keys(answers[0]!.headers).filter((name) => name.startsWith('ratelimit'))).toEqual([]);
  });
});

describe('rate limits that are switched off', () => {
  useTestGateway(Object.fromEntries(Object.keys(limits).map((name) => [name, '0'])));

  test.each<[string, HttpHandler, Knock, number]>([
    ['merchants', listOrders, {}, 200],
    ['wrong credentials', listOrders, { headers: {} }, 401],
    ['public routes', getPublicOrder, { headers: {}, params: { id: 'order_0000000000000001' } }, 404],
  ])('are not counted and not spoken of: %s', async (_name, handler, call, status) => {
    const answers = await inTurn(10, () => knock(handler, { method: 'GET', ...call }));
    expect(new Set(statuses(answers))).toEqual(new Set([status]));
    expect(Object.keys(answers[0]!.headers).filter((name) => name.startsWith('ratelimit'))).toEqual([]);
  });
});
