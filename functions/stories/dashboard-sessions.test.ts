import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { rotateApiSecret } from '../../shared/merchants/rotate-api-secret.ts';
import { setPassword } from '../../shared/merchants/set-password.ts';
import { switchMerchant } from '../../shared/merchants/switch-merchant.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { type AnotherMerchant, anotherMerchant } from '../../shared/testing/another-merchant.ts';
import { doorOf } from '../../shared/testing/door-of.ts';
import { exampleBody } from '../../shared/testing/example-body.ts';
import { knock } from '../../shared/testing/knock.ts';
import { faultsIn } from '../../shared/testing/refusal.ts';
import { headersOfSession, sessionOf, unknownToken } from '../../shared/testing/session-of.ts';
import { isSignedIn as isIn, knockAt, login, signedIn as signIn, tokenIn } from '../../shared/testing/sign-in.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';

type Headers = Record<string, string>;

const password = 'correct horse battery';
const email = 'shop@example.com';
const signedIn = (who = email) => signIn({ email: who, password });

describe('a session of the dashboard', () => {
  const testGateway = useTestGateway();
  const { sql, advanceClock } = testGateway;
  let shop: AnotherMerchant;

  beforeAll(async () => {
    shop = await anotherMerchant(testGateway);
    await setPassword(testGateway, shop.id, password);
    await sql('update merchants set email = $2 where id = $1', [shop.id, email]);
  });

  describe('the cookie', () => {
    test('is for this host alone, for no script, for no other site, and as old as a session can become', async () => {
      const { headers } = await login({ email, password });
      expect(headers['set-cookie']).toMatch(
        /^gateway_session=sess_[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
      );
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['access-control-allow-origin']).not.toBe('*');
    });

    test('a token given before is not taken over, and ends when it was a session', async () => {
      const before = await signedIn();
      const planted = unknownToken();
      const again = tokenIn(await login({ email, password }, before));
      const over = tokenIn(await login({ email, password }, { cookie: `gateway_session=${planted}` }));
      expect(new Set([before.cookie, `gateway_session=${again}`, planted, over]).size).toBe(4);
      expect(await isIn(before)).toBe(false);
      expect(await isIn(headersOfSession(planted))).toBe(false);
      expect(await isIn(headersOfSession(again ?? ''))).toBe(true);
    });

    test('a refused sign-in leaves the session it came with as it is', async () => {
      const before = await signedIn();
      expect((await login({ email, password: 'wrong' }, before)).status).toBe(401);
      expect(await isIn(before)).toBe(true);
    });

    test.each([
      ['nothing', ''],
      ['nothing after the name', 'gateway_session='],
      ['a word', 'gateway_session=admin'],
      ['an unknown token', `gateway_session=${unknownToken()}`],
      ['bytes', 'gateway_session=%00\u0000\u00ff'],
      ['SQL', `gateway_session=' or '1'='1`],
      ['8 KiB', `gateway_session=${'x'.repeat(8_192)}`],
      ['no pair', ';;;=;gateway_session'],
      ['JSON', 'gateway_session={"merchant_id":"550e8400-e29b-41d4-a716-446655440000"}'],
    ])('with %s in it opens nothing and breaks nothing', async (_what, cookie) => {
      for (const route of [routes.getSession, routes.getMerchant, routes.signOut]) {
        const answer = await knockAt(route, { headers: { cookie, 'x-csrf-token': 'x' } });
        expect(faultsIn(answer, { status: 401, says: /^Invalid API credentials$/ })).toEqual([]);
      }
      expect((await login({ email, password }, { cookie })).status).toBe(200);
    });

    test('is found among others, however the host hands them over', async () => {
      const { cookie } = await signedIn();
      const door = await doorOf(routes.getSession);
      for (const headers of [{ cookie: `a=1; ${cookie}; gateway_session2=x` }, { cookie: `b=2;${cookie}` }])
        expect((await knock(door, { method: 'GET', headers })).status).toBe(200);
      const cookies = ['a=1', cookie, 'b=2'];
      expect((await knock(door, { method: 'GET', headers: {}, cookies })).status).toBe(200);
      const renamed = cookie.replace('gateway_session', '__Host-gateway_session');
      expect((await knock(door, { method: 'GET', headers: {}, cookies: [renamed] })).status).toBe(401);
    });
  });

  describe('what changes something', () => {
    const refusal = { status: 401, says: /^Session expired or not from the dashboard; sign in again$/ };
    const changes: Route[] = [routes.updateMerchant, routes.createOrder, routes.signOut];
    const dashboard = 'http://localhost:3000';

    test.each(changes.map((route) => [route.path, route] as const))('%s', async (_path, route) => {
      const page = await signedIn();
      const { cookie, 'x-csrf-token': csrf } = page;
      const other = await signedIn();
      const body = exampleBody(route);
      const refused: Record<string, Headers> = {
        'without the token': { cookie },
        'with an empty one': { cookie, 'x-csrf-token': '' },
        'with a wrong one': { cookie, 'x-csrf-token': csrf.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) },
        "with another session's": { cookie, 'x-csrf-token': other['x-csrf-token'] },
        'with the cookie itself': { cookie, 'x-csrf-token': cookie.split('=')[1]! },
        'from a foreign page': { ...page, origin: 'https://evil.example' },
        "from the checkout's page": { ...page, origin: 'http://localhost:3001' },
        'from nowhere': { ...page, origin: 'null' },
        'from an origin that begins like ours': { ...page, origin: `${dashboard}.evil.example` },
      };
      for (const [how, headers] of Object.entries(refused))
        expect([how, ...faultsIn(await knockAt(route, { headers, body }), refusal)]).toEqual([how]);
      expect(await isIn(page)).toBe(true);
      expect((await knockAt(route, { headers: { ...page, origin: dashboard }, body })).status).toBe(route.status);
    });

    test('signing in is such a thing, though nobody has a token for it yet', async () => {
      const from = (origin: string) => login({ email, password }, { origin });
      expect(faultsIn(await from('https://evil.example'), refusal)).toEqual([]);
      expect((await from(dashboard)).status).toBe(200);
    });

    test('an API key needs no token and counts alone, even beside the cookie of another', async () => {
      const { cookie } = await signedIn(testMerchant.email);
      const headers = { cookie, ...shop.credentials };
      expect((await knockAt(routes.createOrder, { headers, body: { amount: 500 } })).json.merchant_id).toBe(shop.id);
      for (const half of [{ 'x-api-key': 'x' }, { 'x-api-secret': '' }, { 'x-api-key': '' }])
        expect((await knockAt(routes.getMerchant, { headers: { cookie, ...half } })).status).toBe(401);
    });

    test('an API key is no session', async () => {
      for (const route of [routes.getSession, routes.signOut])
        expect((await knockAt(route, { headers: shop.credentials })).status).toBe(401);
    });
  });

  describe('a session ends', () => {
    test('when its owner signs out, on the server and not only in the browser', async () => {
      const [page, other] = [await signedIn(), await signedIn()];
      const answer = await knockAt(routes.signOut, { headers: page });
      expect([answer.status, answer.json]).toEqual([200, {}]);
      expect(answer.headers['set-cookie']).toBe('gateway_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict');
      expect(await isIn(page)).toBe(false);
      expect((await knockAt(routes.getMerchant, { headers: page })).status).toBe(401);
      expect(await isIn(other)).toBe(true);
      expect((await knockAt(routes.signOut, { headers: page })).status).toBe(401);
    });

    const hour = 3_600_000;

    test('twelve hours after it was last used, and no sooner', async () => {
      const [used, idle] = [await signedIn(), await signedIn()];
      await advanceClock(11.9 * hour);
      expect(await isIn(used)).toBe(true);
      await advanceClock(0.2 * hour);
      expect([await isIn(used), await isIn(idle)]).toEqual([true, false]);
    });

    test('after seven days, however much it is used', async () => {
      const page = await signedIn();
      for (let half = 0; half < 14; half++) {
        await advanceClock(11.9 * hour);
        expect([half, await isIn(page)]).toEqual([half, true]);
      }
      // Long before it would have been idle for too long.
      await advanceClock(1.5 * hour);
      expect(await isIn(page)).toBe(false);
    });

    test.each<[string, () => Promise<unknown>]>([
      ['with a new password', () => setPassword(testGateway, shop.id, password)],
      ['with a new API secret', () => rotateApiSecret({ ...testGateway.gateway, mode: 'sandbox' }, shop.id)],
      ['with the merchant', () => switchMerchant(testGateway.database, shop.id, false)],
    ])('all at once %s, and no other merchant is signed out', async (_what, change) => {
      const pages = [await signedIn(), await signedIn()];
      const stranger = await sessionOf(testGateway, testMerchant.id);
      await change();
      expect(await Promise.all(pages.map(isIn))).toEqual([false, false]);
      expect(await isIn(stranger.headers)).toBe(true);
    });
  });
});
