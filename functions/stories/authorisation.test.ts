import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { hashOfToken } from '../../shared/merchants/sessions/session-token.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { type AnotherMerchant, anotherMerchant } from '../../shared/testing/another-merchant.ts';
import { type Belongings, idsFor, makeBelongings, neighbourOf } from '../../shared/testing/belongings.ts';
import { doorOf } from '../../shared/testing/door-of.ts';
import { everythingStored } from '../../shared/testing/everything-stored.ts';
import { exampleBody } from '../../shared/testing/example-body.ts';
import { type Answered, knock, testCredentials } from '../../shared/testing/knock.ts';
import { faultsIn } from '../../shared/testing/refusal.ts';
import { headersOfSession, sessionOf, unknownToken } from '../../shared/testing/session-of.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';

const all = Object.entries<Route>(routes);
const ofMerchants = all.filter(([, { auth }]) => auth === 'merchant');
const withId = ofMerchants.filter(([, { path }]) => path.includes('{id}'));
const ofSessions = all.filter(([, { auth }]) => auth === 'session');
const open = all.filter(([, { auth }]) => auth === 'none');

/** Every route of the table with every stranger: a route that is added to the table is in the matrix. */
describe('the authorisation matrix', () => {
  const testGateway = useTestGateway();
  const { sql } = testGateway;
  let other: AnotherMerchant;
  let inactive: AnotherMerchant;
  let belongings: Belongings;
  const sessions = { own: {}, others: {}, expired: {}, ended: {}, ofInactive: {} };

  beforeAll(async () => {
    await sql(`update merchants set webhook_url = 'http://127.0.0.1:9/webhook'`);
    other = await anotherMerchant(testGateway);
    inactive = await anotherMerchant(testGateway, { isActive: false });
    belongings = await makeBelongings(testGateway, testCredentials);
    const leaving = await anotherMerchant(testGateway);
    const owners = {
      own: testMerchant.id,
      others: other.id,
      expired: other.id,
      ended: other.id,
      ofInactive: leaving.id,
    };
    for (const [name, owner] of Object.entries(owners))
      Object.assign(sessions, { [name]: (await sessionOf(testGateway, owner)).headers });
    await sql(`update merchants set is_active = false where id = $1`, [leaving.id]);
    await call(routes.signOut, '', sessions.ended);
    const { cookie } = sessions.expired as Record<string, string>;
    const hash = hashOfToken(cookie!.split('=')[1]!);
    await sql(`update dashboard_sessions set expires_at = gateway_now() where token_hash = $1`, [hash]);
  });

  const call = async (route: Route, id: string, headers: Record<string, string>): Promise<Answered> =>
    knock(await doorOf(route), {
      method: route.method,
      path: route.path.replace('{id}', id),
      params: { id },
      headers,
      body: exampleBody(route),
    });

  const idFor = (route: Route) => (route.path.includes('{id}') ? idsFor(belongings, route)[0]! : '');

  /**
   * All of an answer that may not differ from one refusal to the next. A counter that does not answer at once is not
   * waited for, and its header left out, whoever knocks.
   */
  const shape = ({ status, text, headers }: Answered) => ({
    status,
    text: text.replace(/"request_id":"[0-9a-f-]{36}"/, '"request_id":"X"'),
    headers: Object.keys(headers)
      .filter((name) => name !== 'ratelimit')
      .sort(),
  });

  test('right credentials whose stored secret cannot be opened are refused like wrong ones', async () => {
    const locked = await anotherMerchant(testGateway);
    await sql(`update merchants set api_secret = 'v1:gone:AAAA' where id = $1`, [locked.id]);
    const route = routes.listOrders;
    const [lockedOut, wrong] = [await call(route, '', locked.credentials), await call(route, '', { 'x-api-key': 'x' })];
    expect(shape(lockedOut)).toEqual(shape(wrong));
  });

  describe('wrong credentials', () => {
    const { 'x-api-key': key, 'x-api-secret': secret } = testCredentials;
    const wrong: Record<string, () => Record<string, string>> = {
      none: () => ({}),
      'no secret': () => ({ 'x-api-key': key }),
      'no key': () => ({ 'x-api-secret': secret }),
      'empty ones': () => ({ 'x-api-key': '', 'x-api-secret': '' }),
      'an empty secret': () => ({ 'x-api-key': key, 'x-api-secret': '' }),
      'an empty key': () => ({ 'x-api-key': '', 'x-api-secret': secret }),
      'an unknown key': () => ({ 'x-api-key': 'key_test_abc124', 'x-api-secret': secret }),
      'a wrong secret': () => ({ 'x-api-key': key, 'x-api-secret': 'secret_test_xyz788' }),
      'a secret too short': () => ({ 'x-api-key': key, 'x-api-secret': secret.slice(0, -1) }),
      'a secret too long': () => ({ 'x-api-key': key, 'x-api-secret': `${secret}x` }),
      "another merchant's secret": () => ({ ...other.credentials, 'x-api-key': key }),
      "another merchant's key": () => ({ ...other.credentials, 'x-api-secret': secret }),
      'an inactive merchant': () => inactive.credentials,
      'them swapped': () => ({ 'x-api-key': secret, 'x-api-secret': key }),
      'a space after the key': () => ({ 'x-api-key': `${key} `, 'x-api-secret': secret }),
      'a space after the secret': () => ({ 'x-api-key': key, 'x-api-secret': `${secret} ` }),
      'a space before the secret': () => ({ 'x-api-key': key, 'x-api-secret': ` ${secret}` }),
      'a key in capitals': () => ({ 'x-api-key': key.toUpperCase(), 'x-api-secret': secret }),
      'a secret in capitals': () => ({ 'x-api-key': key, 'x-api-secret': secret.toUpperCase() }),
      'a pattern for a key': () => ({ 'x-api-key': 'key_test_%', 'x-api-secret': secret }),
      'SQL for a key': () => ({ 'x-api-key': "' or 1=1 --", 'x-api-secret': secret }),
      'NUL in both': () => ({ 'x-api-key': `${key}\0`, 'x-api-secret': `${secret}\0` }),
      'the prototype': () => ({ 'x-api-key': '__proto__', 'x-api-secret': 'constructor' }),
      'them as a bearer': () => ({ authorization: `Bearer ${secret}` }),
      'an unknown session': () => headersOfSession(unknownToken()),
      'a session that is none': () => ({ cookie: 'gateway_session=admin', 'x-csrf-token': 'admin' }),
      'an expired session': () => sessions.expired,
      'a session that was ended': () => sessions.ended,
      "an inactive merchant's session": () => sessions.ofInactive,
      'a session beside a wrong key': () => ({ ...sessions.own, 'x-api-key': 'key_test_abc124' }),
      'a session beside a key without its secret': () => ({ ...sessions.own, 'x-api-key': key }),
      'a session beside an empty secret': () => ({ ...sessions.own, 'x-api-secret': '' }),
    };
    let standard: ReturnType<typeof shape>;

    beforeAll(async () => {
      const answer = await call(routes.getMerchant, '', {});
      expect(faultsIn(answer, { status: 401, says: /^Invalid API credentials$/ })).toEqual([]);
      standard = shape(answer);
    });

    test.each(ofMerchants)('open %s to nobody, and all get the same answer', async (_name, route) => {
      const before = await everythingStored(testGateway);
      const id = idFor(route);
      for (const [what, headers] of Object.entries(wrong)) {
        expect([what, shape(await call(route, id, headers()))]).toEqual([what, standard]);
      }
      expect(await everythingStored(testGateway)).toEqual(before);
    });

    test.each(ofSessions)('open %s to nobody, nor do right ones: it is for sessions', async (_name, route) => {
      const before = await everythingStored(testGateway);
      const byKey = { right: () => testCredentials, "another's right ones": () => other.credentials };
      for (const [what, headers] of Object.entries({ ...wrong, ...byKey })) {
        if (!what.startsWith('a session beside'))
          expect([what, shape(await call(route, '', headers()))]).toEqual([what, standard]);
      }
      expect(await everythingStored(testGateway)).toEqual(before);
    });

    test.each(open)('do no harm at %s, which asks for none', async (_name, route) => {
      const id = idFor(route);
      const body = route === routes.createPublicPayment ? { order_id: belongings.openOrder } : {};
      const valid = Object.assign({}, exampleBody(route), body);
      const door = await doorOf(route);
      const neutral = ({ text }: Answered) => text.replace(/pay_\w{16}(?=","order_id)|\d{4}-[\d-]+T[\d:.]+Z/g, 'X');
      const answers = [];
      for (const headers of [{}, testCredentials, other.credentials, ...Object.values(wrong).map((make) => make())]) {
        const answer = await knock(door, { method: route.method, params: { id }, headers, body: valid });
        expect(answer.status).toBe(route.status);
        answers.push(neutral(answer));
      }
      expect([...new Set(answers)]).toEqual([answers[0]]);
    });
  });

  describe('a session', () => {
    test.each(ofMerchants)('opens %s, and changes something only with its token', async (_name, route) => {
      const { cookie = '' } = sessions.own as Record<string, string>;
      const before = await everythingStored(testGateway);
      const answer = await call(route, idFor(route), { cookie });
      if (route.method === 'GET') expect(answer.status).toBe(200);
      else {
        expect(faultsIn(answer, { status: 401, says: /^Session expired or not from the dashboard;/ })).toEqual([]);
        expect(await everythingStored(testGateway)).toEqual(before);
        expect((await call(route, idFor(route), sessions.own)).status).not.toBe(401);
      }
    });
  });

  describe("another merchant's ids", () => {
    test.each(withId)('are unknown at %s, like ids that nobody has and ids of no form', async (_name, route) => {
      const wrongForms = ['', 'x', '%', "' or '1'='1", '__proto__', testMerchant.id, 'x'.repeat(300)];
      const before = await everythingStored(testGateway);
      const unknown = await call(route, neighbourOf(idFor(route)), other.credentials);
      expect(faultsIn(unknown, { status: 404, says: RegExp(`^${route.notFound}$`) })).toEqual([]);
      for (const id of [...idsFor(belongings, route), ...Object.values(belongings), ...wrongForms]) {
        expect([id, shape(await call(route, id, other.credentials))]).toEqual([id, shape(unknown)]);
        expect([id, shape(await call(route, id, sessions.others))]).toEqual([id, shape(unknown)]);
        const withKey = { ...other.credentials, 'idempotency-key': 'a-key' };
        expect([id, shape(await call(route, id, withKey))]).toEqual([id, shape(unknown)]);
      }
      expect(await everythingStored(testGateway)).toEqual(before);
    });

    test('are real: the merchant they belong to gets past the search everywhere', async () => {
      for (const [name, route] of withId) {
        for (const id of idsFor(belongings, route)) {
          const { status } = await call(route, id, testCredentials);
          expect([name, [401, 404].includes(status)]).toEqual([name, false]);
        }
      }
    });
  });
});
