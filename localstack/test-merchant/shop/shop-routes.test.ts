import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startTestMerchant, type RunningTestMerchant } from '../start-test-merchant.ts';
import { readShopSettings } from './shop-settings.ts';

const settings = {
  checkoutOrigin: 'http://localhost:8301',
  apiKey: 'key_of_this_test',
  apiSecret: 'secret_of_this_test',
};
const webhookSecret = 'whsec_of_this_test';

let gateway: RequestListener = (_request, response) => response.end();
const gatewayServer = createServer((request, response) => gateway(request, response));
let merchant: RunningTestMerchant;
let url = '';

beforeAll(async () => {
  gatewayServer.listen(0, '127.0.0.1');
  await once(gatewayServer, 'listening');
  const apiUrl = `http://127.0.0.1:${(gatewayServer.address() as AddressInfo).port}`;
  merchant = await startTestMerchant({ port: 0, secret: webhookSecret, apiUrl, shop: settings });
  url = merchant.url;
});
afterAll(async () => {
  await merchant.close();
  gatewayServer.close();
});
afterEach(() => void jest.restoreAllMocks());

const files = async () => {
  const html = await (await fetch(`${url}/shop`)).text();
  const named = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path!);
  const scripts = [...(await (await fetch(`${url}/shop/shop.js`)).text()).matchAll(/from '\.\/([^']+)'/g)];
  return { html, named: [...new Set([...named, ...scripts.map(([, file]) => `/shop/${file}`)])] };
};

describe('the page', () => {
  test('allows the checkout to give a script and a frame, and nobody anything else', async () => {
    const answer = await fetch(`${url}/shop`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self' http://localhost:8301; frame-src http://localhost:8301; " +
        "connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const log = await fetch(url);
    expect(log.headers.get('content-security-policy')).not.toContain('8301');
  });

  test('names only files that are there, holds nothing inline, and leads to the webhook log and back', async () => {
    const { html, named } = await files();
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|\{\{/);
    expect(named.length).toBeGreaterThan(12);
    for (const path of named) expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
    expect(named).toContain('/');
    expect(await (await fetch(url)).text()).toContain('href="/shop"');
  });

  test('has the public key, the SDK’s address and the price; no file has a secret', async () => {
    const { html, named } = await files();
    expect(html).toContain('data-key="key_of_this_test"');
    expect(html).toContain('<script src="http://localhost:8301/checkout.js"');
    expect(html).toContain('data-unit-price="49900"');
    for (const path of ['/shop', ...named]) {
      const text = await (await fetch(url + path)).text();
      expect([path, /secret_of_this_test|whsec_of_this_test/.test(text)]).toEqual([path, false]);
    }
  });

  test('no script of it writes HTML', async () => {
    const { named } = await files();
    for (const path of named.filter((name) => name.endsWith('.js')))
      expect(await (await fetch(url + path)).text()).not.toMatch(/innerHTML|outerHTML|insertAdjacent|write\(|eval/);
  });

  test('its third code sample verifies webhooks as it says', async () => {
    const { html } = await files();
    const code = /id="how-verify"[^>]*><code>([^]*?)<\/code>/.exec(html)![1]!.replaceAll('&amp;', '&');
    const body = `${code.slice(code.indexOf('const expected'))}; return isGenuine;`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the sample is text until somebody runs it
    const run = new Function('createHmac', 'timingSafeEqual', 'Buffer', 'process', 'rawBody', 'request', body);
    const isGenuine = (signature: string | undefined) =>
      run(createHmac, timingSafeEqual, Buffer, { env: { WEBHOOK_SECRET: 'whsec_1' } }, Buffer.from('{"a":1}'), {
        headers: { 'x-webhook-signature': signature },
      });
    // From: printf '{"a":1}' | openssl dgst -sha256 -hmac whsec_1
    const genuine = 'ff0103cd91c1a1327238b611a003dc0f47d676bacbde6019b9b0d2b04da9a8b2';
    expect(isGenuine(genuine)).toBe(true);
    for (const other of [
      undefined,
      '',
      'abc',
      'é'.repeat(64),
      genuine.replace(/^./, genuine.startsWith('0') ? '1' : '0'),
    ])
      expect([other, isGenuine(other)]).toEqual([other, false]);
  });
});

describe('POST /shop/orders', () => {
  const order = (body: unknown) =>
    fetch(`${url}/shop/orders`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  const purchase = { quantity: 1, purchase_key: '0123456789abcdef' };

  test.each([
    ['no JSON', 'quantity=1'],
    ['null', null],
    ['nothing', {}],
    ['none', { ...purchase, quantity: 0 }],
    ['four', { ...purchase, quantity: 4 }],
    ['one and a half', { ...purchase, quantity: 1.5 }],
    ['minus one', { ...purchase, quantity: -1 }],
    ['a number in letters', { ...purchase, quantity: '1' }],
    ['no key', { quantity: 1 }],
    ['a key that breaks a header', { ...purchase, purchase_key: '0123456789abcdef\r\nX-Api-Key: x' }],
    ['over 1 MiB', 'x'.repeat(1024 * 1024 + 1)],
  ])('%s is refused before the gateway hears of it', async (_what, body) => {
    let heard = 0;
    gateway = (_request, response) => response.end(String(++heard));
    const answer = await order(body);
    expect([answer.status, heard]).toEqual([400, 0]);
    expect(await answer.json()).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  });

  test.each([
    [401, 502, 'GATEWAY_KEYS_REFUSED', /answered 401.*\n.*key_of_this_test.*API_KEY and API_SECRET/],
    [429, 503, 'GATEWAY_BUSY', /answered 429/],
    [503, 503, 'GATEWAY_BUSY', /answered 503/],
    [500, 502, 'GATEWAY_REFUSED', /answered 500/],
    [201, 502, 'GATEWAY_REFUSED', /answered 201: what\?/],
  ])('a gateway that answers %s: words for the shopper, facts for the developer', async (its, ours, code, details) => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    gateway = (_request, response) => response.writeHead(its).end('what?');
    const answer = await order(purchase);
    expect(answer.status).toBe(ours);
    const { error } = (await answer.json()) as any;
    expect(error).toEqual({
      code,
      description: expect.stringMatching(/Nothing has been charged\./),
      details: expect.stringMatching(details),
    });
    expect(error.description).not.toMatch(/http|\d|API/);
    expect(error.details).not.toContain(settings.apiSecret);
  });

  test('a click whose twin is still under way asks again, with the same key', async () => {
    const heard: unknown[] = [];
    gateway = (request, response) => {
      heard.push([request.headers['idempotency-key'], request.headers['x-api-secret']]);
      response.writeHead(heard.length < 3 ? 409 : 201).end('{"id":"order_0123456789abcdef"}');
    };
    const answer = await order(purchase);
    expect([answer.status, await answer.json()]).toEqual([201, { order_id: 'order_0123456789abcdef', amount: 49_900 }]);
    expect(heard).toEqual(Array(3).fill([purchase.purchase_key, settings.apiSecret]));
  });

  test('a gateway that is not there is named with its address', async () => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const alone = await startTestMerchant({
      port: 0,
      secret: webhookSecret,
      apiUrl: 'http://127.0.0.1:9',
      shop: settings,
    });
    const answer = await fetch(`${alone.url}/shop/orders`, { method: 'POST', body: JSON.stringify(purchase) });
    await alone.close();
    expect(answer.status).toBe(502);
    const details = expect.stringMatching(
      /^POST http:\/\/127\.0\.0\.1:9\/api\/v1\/orders: .+ Is the gateway running\?$/,
    );
    expect(await answer.json()).toMatchObject({ error: { code: 'GATEWAY_UNREACHABLE', details } });
    expect(said).toHaveBeenCalledTimes(1);
  });

  test('an order nobody made is 404', async () => {
    for (const query of ['', '?order_id=', '?order_id=order_0000000000000000'])
      expect((await fetch(`${url}/shop/orders${query}`)).status).toBe(404);
  });
});

test.each(['localhost:3001', 'http://localhost:3001/', 'https://a b', 'http://x;script-src *', 'ftp://x'])(
  'CHECKOUT_ORIGIN %s is refused with one sentence',
  (text) => {
    expect(() => readShopSettings({ CHECKOUT_ORIGIN: text })).toThrow(
      `CHECKOUT_ORIGIN must be an origin such as http://localhost:3001, not "${text}".`,
    );
  },
);

test('without variables the shop is the sandbox’s', () => {
  expect(readShopSettings({ API_KEY: '' })).toEqual({
    checkoutOrigin: 'http://localhost:3001',
    apiKey: 'key_test_abc123',
    apiSecret: 'secret_test_xyz789',
  });
});
