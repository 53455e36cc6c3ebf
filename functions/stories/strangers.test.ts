import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { type AnotherMerchant, anotherMerchant } from '../../shared/testing/another-merchant.ts';
import { makeBelongings } from '../../shared/testing/belongings.ts';
import { everythingStored } from '../../shared/testing/everything-stored.ts';
import { testCredentials } from '../../shared/testing/knock.ts';
import { faultsIn } from '../../shared/testing/refusal.ts';
import { send, type Sent, sendRaw } from '../../shared/testing/send.ts';
import { startApi, type TestApi } from '../../shared/testing/start-api.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';

describe('strangers at the door', () => {
  const origins = { DASHBOARD_ORIGIN: 'https://dashboard.example', CHECKOUT_ORIGIN: 'https://checkout.example' };
  const testGateway = useTestGateway(origins);
  const { sql } = testGateway;
  let api: TestApi;
  let other: AnotherMerchant;
  let inactive: AnotherMerchant;

  beforeAll(async () => {
    api = await startApi(testGateway.env);
    await sql(`update merchants set webhook_url = 'http://127.0.0.1:9/webhook'`);
    other = await anotherMerchant(testGateway);
    inactive = await anotherMerchant(testGateway, { isActive: false });
  });
  afterAll(() => api.stop());

  const all = Object.values<Route>(routes);
  const addressOf = ({ path }: Route) => path.replace('{id}', path.includes('/orders') ? 'order_1' : 'pay_1');

  /* Who may see what is the authorisation matrix's business; here is only what HTTP itself adds to it. */
  describe('credentials', () => {
    const { 'x-api-key': key, 'x-api-secret': secret } = testCredentials;
    const oneOfEachMethod = [routes.listOrders, routes.createOrder, routes.updateMerchant];
    const wrong: Record<string, () => Sent['headers']> = {
      'no credentials': () => ({}),
      'a wrong secret': () => ({ 'x-api-key': key, 'x-api-secret': 'secret_test_xyz788' }),
      'an inactive merchant': () => inactive.credentials,
      'a secret of 6 KiB': () => ({ 'x-api-key': key, 'x-api-secret': 'x'.repeat(6_000) }),
      'a key of 6 KiB': () => ({ 'x-api-key': 'x'.repeat(6_000), 'x-api-secret': secret }),
      'a key beyond ASCII': () => ({ 'x-api-key': 'k\u00e9y', 'x-api-secret': secret }),
      'two keys': () => ({ 'x-api-key': [key, 'key_other'], 'x-api-secret': secret }),
      'two secrets': () => ({ 'x-api-key': key, 'x-api-secret': [secret, 'x'] }),
      'key and secret as one': () => ({ 'x-api-key': `${key},${secret}` }),
      'them in the authorizer override': () => ({
        'sls-offline-authorizer-override': JSON.stringify({ merchant: { id: testMerchant.id } }),
      }),
      'an override that is no JSON': () => ({ 'sls-offline-authorizer-override': '{' }),
    };

    test.each(Object.entries(wrong))('%s open no merchant route', async (_name, headers) => {
      const before = await everythingStored(testGateway);
      for (const { method, path } of oneOfEachMethod) {
        const body = method === 'GET' ? undefined : '{"amount":500,"name":"Mallory"}';
        const answer = await send(api.url, { method, path, headers: headers() ?? {}, body });
        expect(faultsIn(answer, { status: 401, says: /^Invalid API credentials$/ })).toEqual([]);
      }
      expect(await everythingStored(testGateway)).toEqual(before);
    });

    test("another merchant's ids are unknown", async () => {
      const theirs = await makeBelongings(testGateway, testCredentials);
      const before = await everythingStored(testGateway);
      for (const { method, path, body } of [
        { method: 'GET', path: `/api/v1/orders/${theirs.order}` },
        { method: 'GET', path: `/api/v1/refunds/${theirs.refund}` },
        { method: 'POST', path: `/api/v1/payments/${theirs.payment}/refunds`, body: { amount: 100 } },
        { method: 'POST', path: `/api/v1/webhooks/${theirs.webhookLog}/retry` },
      ]) {
        const answer = await send(api.url, { method, path, headers: other.credentials, body });
        expect([path, ...faultsIn(answer, { status: 404, says: / not found$/ })]).toEqual([path]);
      }
      expect(await everythingStored(testGateway)).toEqual(before);
    });
  });

  describe('addresses and methods', () => {
    const unknown = { status: 404, says: /^There is no [A-Z]+ route at this address/ };

    test('what is no route is not found, in the same words as the rest', async () => {
      const paths = ['/', '/api', '/api/v1', '/api/v2/orders', '/api/v1/order', '//health', '/api/v1//orders', '/.env'];
      const odd = [
        '/api/v1/payments/pay_1/public/x',
        '/health/x',
        '/API/V1/orders',
        '/%00',
        '/api/v1/orders%2f',
        '/../etc',
      ];
      for (const path of [...paths, ...odd]) {
        const answer = await send(api.url, { path, headers: testCredentials });
        expect([path, ...faultsIn(answer, unknown)]).toEqual([path]);
      }
    });

    test('a known address with another method is not found', async () => {
      for (const method of ['TRACE', 'PATCH', 'DELETE', 'PROPFIND']) {
        for (const route of all) {
          const answer = await send(api.url, { method, path: addressOf(route), headers: testCredentials });
          expect([method, route.path, ...faultsIn(answer, unknown)]).toEqual([method, route.path]);
        }
      }
    });

    test('HEAD tells what GET would, without a body', async () => {
      const { status, text, headers } = await send(api.url, { method: 'HEAD', path: '/health' });
      expect([status, text, headers['x-request-id']]).toEqual([200, '', expect.any(String)]);
      expect((await send(api.url, { method: 'HEAD', path: '/api/v1/orders' })).status).toBe(401);
    });

    test('a slash at the end does no harm', async () => {
      expect((await send(api.url, { path: '/health/' })).status).toBe(200);
      expect(faultsIn(await send(api.url, { path: '/api/v1/orders/' }), { status: 401 })).toEqual([]);
    });
  });

  describe('pages of another origin', () => {
    const stranger = 'https://evil.example';
    const allowed = async (sent: Sent, origin: string) => {
      const { headers } = await send(api.url, { ...sent, headers: { ...sent.headers, origin } });
      expect(headers['access-control-allow-credentials']).not.toBe('true');
      const granted = headers['access-control-allow-origin'];
      return granted === '*' || granted === origin;
    };

    test.each(all)('$method $path is open to all of them if it is public, and to ours else', async (route) => {
      const path = addressOf(route);
      const preflight: Sent = {
        method: 'OPTIONS',
        path,
        headers: {
          'access-control-request-method': route.method,
          'access-control-request-headers': 'x-api-key, content-type',
        },
      };
      // Two routes may share an address; a preflight is for the address.
      const sharesPublic = all.some((other) => other.auth === 'none' && addressOf(other) === path);
      for (const origin of [stranger, 'null', 'https://dashboard.example.evil.example']) {
        expect(await allowed({ method: route.method, path }, origin)).toBe(route.auth === 'none');
        expect(await allowed(preflight, origin)).toBe(sharesPublic);
      }
      for (const origin of Object.values(origins)) {
        expect(await allowed({ method: route.method, path }, origin)).toBe(true);
        expect(await allowed(preflight, origin)).toBe(true);
      }
    });

    test('a preflight names methods and headers, and asks for no credentials', async () => {
      const { status, headers, text } = await send(api.url, {
        method: 'OPTIONS',
        path: '/api/v1/orders',
        headers: {
          origin: origins.DASHBOARD_ORIGIN,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-evil',
        },
      });
      expect([200, 204]).toContain(status);
      expect(text).toBe('');
      expect(headers).toMatchObject({
        'access-control-allow-origin': origins.DASHBOARD_ORIGIN,
        'access-control-allow-methods': 'GET, POST, PUT',
        'access-control-allow-headers': 'Content-Type, X-Api-Key, X-Api-Secret, Idempotency-Key, If-None-Match',
        vary: expect.stringContaining('Origin'),
      });
    });

    test.each(['/api/v1/orders/%zz', '/nowhere', '/api/v1/payments/%ff/public'])(
      'an error at %s is not theirs to read',
      async (path) => {
        expect(await allowed({ path }, stranger)).toBe(false);
      },
    );
  });

  describe('bytes that are no HTTP', () => {
    const orders = 'POST /api/v1/orders HTTP/1.1\r\nHost: x\r\n';
    const broken: Record<string, string | Buffer> = {
      'a header without a colon': 'GET /health HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n',
      'two lengths': `${orders}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      'a length and chunks': `${orders}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      'a negative length': `${orders}Content-Length: -1\r\n\r\n`,
      'a length of words': `${orders}Content-Length: two\r\n\r\n{}`,
      'a chunk of no size': `${orders}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
      'an unknown transfer encoding': `${orders}Transfer-Encoding: gzip\r\n\r\n`,
      'a NUL in a header': 'GET /health HTTP/1.1\r\nHost: x\r\nX-Api-Key: a\0b\r\n\r\n',
      'a bare line feed in a header': 'GET /health HTTP/1.1\r\nHost: x\r\nA: b\nEvil\r\n\r\n',
      'a host that is none': 'GET /health HTTP/1.1\r\nHost: a b\r\n\r\n',
      'half an IPv6 host': 'GET /health HTTP/1.1\r\nHost: [::\r\n\r\n',
      'an address that is none': 'GET http://[/health HTTP/1.1\r\nHost: x\r\n\r\n',
      'no address': 'GET  HTTP/1.1\r\nHost: x\r\n\r\n',
      'a star': 'GET * HTTP/1.1\r\nHost: x\r\n\r\n',
      'raw bytes in the address': Buffer.from('GET /health\xff HTTP/1.1\r\nHost: x\r\n\r\n', 'latin1'),
      'a version to come': 'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
      'a TLS hello': Buffer.concat([Buffer.from('1603010200010001fc0303', 'hex'), randomBytes(64)]),
      'the preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'a method of our own': 'PAY /api/v1/orders HTTP/1.1\r\nHost: x\r\n\r\n',
      '17 KiB of headers': `GET /health HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(17_000)}\r\n\r\n`,
    };

    test.each(Object.entries(broken))('%s is answered in the contract', async (_name, bytes) => {
      const before = await everythingStored(testGateway);
      expect(faultsIn(await sendRaw(api.url, bytes), { status: 400 })).toEqual([]);
      expect(await everythingStored(testGateway)).toEqual(before);
    });

    test('a second request smuggled into the first is not performed', async () => {
      const before = await everythingStored(testGateway);
      const credentials = 'X-Api-Key: key_test_abc123\r\nX-Api-Secret: secret_test_xyz789\r\n';
      const hidden = `POST /api/v1/orders HTTP/1.1\r\nHost: x\r\n${credentials}Content-Length: 14\r\n\r\n{"amount":500}`;
      for (const framing of [
        'Content-Length: 4\r\nTransfer-Encoding: chunked',
        'Transfer-Encoding: chunked, identity',
        'Transfer-Encoding : chunked',
      ])
        await sendRaw(api.url, `${orders}${framing}\r\n\r\n0\r\n\r\n${hidden}`);
      expect(await everythingStored(testGateway)).toEqual(before);
    });
  });
});
