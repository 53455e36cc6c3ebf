import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { routes } from '../../shared/contracts/routes.ts';
import { setPassword } from '../../shared/merchants/set-password.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { type AnotherMerchant, anotherMerchant } from '../../shared/testing/another-merchant.ts';
import { type Answered } from '../../shared/testing/knock.ts';
import { leastRatioOf } from '../../shared/testing/least-ratio-of.ts';
import { faultsIn } from '../../shared/testing/refusal.ts';
import { isSignedIn, knockAt, login, signedIn, tokenIn } from '../../shared/testing/sign-in.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';

const password = 'correct horse battery';
const email = 'shop@example.com';

describe('signing in to the dashboard', () => {
  const testGateway = useTestGateway();
  const { sql } = testGateway;
  let shop: AnotherMerchant;
  let inactive: AnotherMerchant;

  beforeAll(async () => {
    shop = await anotherMerchant(testGateway);
    inactive = await anotherMerchant(testGateway, { isActive: false });
    await setPassword(testGateway, shop.id, password);
    await setPassword(testGateway, inactive.id, password);
    await sql('update merchants set email = $2 where id = $1', [shop.id, email]);
    await sql('update merchants set email = $2 where id = $1', [inactive.id, 'closed@example.com']);
  });
  afterEach(() => void jest.restoreAllMocks());

  test('the right password begins a session, and the session reads what its merchant may read', async () => {
    const answer = await login({ email: ' Shop@Example.COM ', password });
    expect(answer.json).toEqual({
      merchant: { id: shop.id, name: 'Another Merchant', email },
      is_operator: false,
      mode: 'sandbox',
      csrf_token: expect.stringMatching(/^[\w-]{43}$/),
      expires_at: expect.any(String),
    });
    const headers = { cookie: `gateway_session=${tokenIn(answer)}` };
    expect((await knockAt(routes.getSession, { headers })).json).toEqual(answer.json);
    expect((await knockAt(routes.getMerchant, { headers })).json.id).toBe(shop.id);
    const { json } = await knockAt(routes.revealApiSecret, { headers });
    expect(json).toEqual({ api_secret: shop.credentials['x-api-secret'] });
    // The token is for the cookie alone, where no script reads it.
    expect(answer.text).not.toContain(tokenIn(answer));
  });

  test('the seeded merchant signs in with any password, and operates the gateway', async () => {
    for (const any of ['x', '', password, 'x'.repeat(10_000)]) {
      const { status, json } = await login({ email: testMerchant.email, password: any });
      expect([status, json.merchant.id, json.is_operator]).toEqual([200, testMerchant.id, true]);
    }
  });

  test('nothing of a session stands in the database but a hash, and none of it in the log', async () => {
    const lines: string[] = [];
    const { log } = testGateway.gateway;
    for (const level of ['info', 'warn', 'error'] as const)
      jest.spyOn(log, level).mockImplementation((...said: unknown[]) => void lines.push(JSON.stringify(said)));
    const { cookie, 'x-csrf-token': csrf } = await signedIn({ email, password });
    const token = cookie.split('=')[1]!;
    const [row] = await sql<{ all: string }>(
      `select string_agg(s::text, ' ') || (select string_agg(m::text, ' ') from merchants m) as all from dashboard_sessions s`,
    );
    for (const secret of [token, token.slice(5), csrf, Buffer.from(token).toString('hex')])
      expect([row?.all, lines.join()].map((text) => text?.includes(secret))).toEqual([false, false]);
  });

  describe('is refused', () => {
    const wrong = {
      'a wrong password': { email, password: `${password}!` },
      'an unknown address': { email: 'nobody@example.com', password },
      'an inactive merchant': { email: 'closed@example.com', password },
      'an empty password': { email, password: '' },
    };

    test.each(Object.entries(wrong))('in one text and without a cookie: %s', async (_name, credentials) => {
      const answer = await login(credentials);
      expect(faultsIn(answer, { status: 401, says: /^Invalid email or password$/ })).toEqual([]);
      expect(answer.headers['set-cookie']).toBeUndefined();
    });

    test('for a merchant that has no password, whatever it is', async () => {
      const none = await anotherMerchant(testGateway);
      const address = `${none.credentials['x-api-key']}@example.com`;
      for (const tried of ['', 'null', password]) {
        expect((await login({ email: address, password: tried })).status).toBe(401);
      }
    });

    test.each([
      [{ email }, 'password is required'],
      [{ password }, 'email is required'],
      [{ email: 7, password }, 'email must be a string, got a number'],
      [{ email: 'a\0@example.com', password }, 'email must not contain a NUL character'],
      [{ email: 'x'.repeat(255), password }, 'email must be at most 254 characters'],
      ['', 'A JSON object was expected'],
    ])('%j with a sentence', async (body, sentence) => {
      expect(faultsIn(await login(body), { status: 400, says: RegExp(sentence) })).toEqual([]);
    });

    test('in the same steps, whatever is wrong', async () => {
      const { database } = testGateway.gateway;
      const rows = database.rows.bind(database);
      for (const credentials of [
        wrong['a wrong password'],
        wrong['an unknown address'],
        wrong['an inactive merchant'],
      ]) {
        const steps: string[] = [];
        jest.spyOn(database, 'rows').mockImplementation(async (asked, values) => {
          steps.push(asked.name);
          return rows(asked, values);
        });
        await login(credentials);
        expect(steps).toEqual(['find-merchant-to-sign-in']);
        jest.restoreAllMocks();
      }
    });

    test('in the same time, whatever is wrong', async () => {
      // A password is hashed for tens of milliseconds: one that is not would be a tenth.
      expect(await leastRatioOf(wrong, login, 1.5, 24)).toBeLessThan(1.5);
    });
  });

  test('many at once each get a session of their own', async () => {
    const pages = await Promise.all(Array.from({ length: 12 }, () => signedIn({ email, password })));
    expect(new Set(pages.map(({ cookie }) => cookie)).size).toBe(12);
    expect(await Promise.all(pages.map(isSignedIn))).toEqual(Array(12).fill(true));
  });

  test('a sign-in that a new password overtakes does not outlive it', async () => {
    const { database } = testGateway.gateway;
    const rows = database.rows.bind(database);
    for (let round = 0; round < 8; round++) {
      let changed: Promise<void> | undefined;
      jest.spyOn(database, 'rows').mockImplementation(async (asked, values) => {
        const found = await rows(asked, values);
        // The old password has been read; from here on the two are on their way at once.
        if (asked.name === 'find-merchant-to-sign-in') changed = setPassword(testGateway, shop.id, password);
        return found;
      });
      expect([200, 401]).toContain((await login({ email, password })).status);
      await changed;
      expect(await sql('select from dashboard_sessions where merchant_id = $1', [shop.id])).toEqual([]);
    }
  });
});

describe('signing in too often', () => {
  // Counted in the process: what a Redis does not answer in time is let pass.
  useTestGateway({ RATE_LIMIT_LOGIN: '3', QUEUE_BACKEND: 'postgres' });
  const attempt = (address: string, ip: string) => login({ email: address, password: 'any' }, {}, ip);
  const inTurn = async (calls: readonly (() => Promise<Answered>)[]) => {
    const answers: Answered[] = [];
    for (const call of calls) answers.push(await call());
    return answers;
  };

  test('from one address is refused, whoever it says to be; from another it is not', async () => {
    const answers = await inTurn(['a', 'b', 'c', 'd'].map((name) => () => attempt(`${name}@example.com`, '192.0.2.1')));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    const [first, , , refused] = answers;
    expect(first!.headers).toMatchObject({
      'ratelimit-policy': '"login";q=3;w=60',
      ratelimit: expect.stringMatching(/^"login";r=2;t=(59|60)$/),
    });
    expect(faultsIn(refused!, { status: 429, says: /^Too many requests to sign in: 3 a minute pass\. Try/ })).toEqual(
      [],
    );
    expect(['58', '59', '60']).toContain(refused!.headers['retry-after']);
    expect(refused!.headers.ratelimit).toMatch(/^"login";r=0;t=\d+$/);
    expect((await attempt(testMerchant.email, '192.0.2.1')).status).toBe(429);
    expect((await attempt(testMerchant.email, '192.0.2.2')).status).toBe(200);
  });

  test('for one e-mail address is refused however it is written and wherever it comes from; for another it is not', async () => {
    const spellings = ['one@example.com', 'ONE@example.com', ' one@Example.com ', 'One@example.com'];
    const answers = await inTurn(spellings.map((address, n) => () => attempt(address, `198.51.100.${n}`)));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect(answers[1]!.headers.ratelimit).toMatch(/^"login";r=1;t=\d+$/);
    expect((await attempt('two@example.com', '198.51.100.3')).status).toBe(401);
  });

  test('what is refused for its address uses up nothing of the merchant', async () => {
    await inTurn(Array.from({ length: 8 }, () => () => attempt('three@example.com', '203.0.113.1')));
    const [other] = await inTurn([() => attempt('four@example.com', '203.0.113.1')]);
    expect(other!.status).toBe(429);
    expect((await attempt('four@example.com', '203.0.113.2')).headers.ratelimit).toMatch(/r=2;/);
  });
});

describe('where no test merchant is wanted', () => {
  const testGateway = useTestGateway({ SEED_TEST_MERCHANT: 'false' });

  test('the one that was seeded before needs a password like all others', async () => {
    expect((await login({ email: testMerchant.email, password })).status).toBe(401);
    await setPassword(testGateway, testMerchant.id, password);
    expect((await login({ email: testMerchant.email, password: 'x' })).status).toBe(401);
    expect((await login({ email: testMerchant.email, password })).status).toBe(200);
  });
});

describe('in production', () => {
  const keys = `prod:${Buffer.alloc(32, 7).toString('base64')}`;
  const testGateway = useTestGateway({ GATEWAY_MODE: 'production', SEED_TEST_MERCHANT: '', SEALING_KEYS: keys });

  test('the session is a cookie that no neighbour can set and no plain connection carries', async () => {
    expect((await login({ email: testMerchant.email, password })).status).toBe(401);
    await setPassword(testGateway, testMerchant.id, password);
    const { headers, json } = await login({ email: testMerchant.email, password });
    expect(json.mode).toBe('production');
    const [, token = ''] =
      /^__Host-gateway_session=([^;]+);.*; SameSite=Strict; Secure$/.exec(headers['set-cookie'] ?? '') ?? [];
    expect(await isSignedIn({ cookie: `__Host-gateway_session=${token}` })).toBe(true);
    expect(await isSignedIn({ cookie: `gateway_session=${token}` })).toBe(false);
  });
});
