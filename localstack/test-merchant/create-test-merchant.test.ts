import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { signDelivery } from './sign-delivery.ts';
import { startTestMerchant, type RunningTestMerchant } from './start-test-merchant.ts';

const secret = 'whsec_test_abc123';
let merchant: RunningTestMerchant;
beforeAll(async () => {
  merchant = await startTestMerchant({ port: 0, secret, apiUrl: 'http://localhost:8123/ignored' });
});
afterAll(() => merchant.close());
beforeEach(() => call('/logs', { method: 'DELETE' }));

function call(path: string, init?: RequestInit) {
  return fetch(merchant.url + path, init);
}

function deliver(event: string, paymentId: string) {
  const body = JSON.stringify({ event, data: { payment: { id: paymentId, status: 'pending' } } });
  return call('/webhook', {
    method: 'POST',
    body,
    headers: signDelivery(body, { secret, webhookId: event + paymentId }),
  });
}

async function logsOf(query = '') {
  return (await (await call(`/logs${query}`)).json()) as { data: { event: string }[]; total: number };
}

test('GET /logs lists newest first, filters, and DELETE empties', async () => {
  await deliver('payment.created', 'pay_1');
  await deliver('payment.success', 'pay_1');
  await deliver('payment.success', 'pay_2');
  expect((await logsOf()).data.map(({ event }) => event)).toEqual([
    'payment.success',
    'payment.success',
    'payment.created',
  ]);
  expect((await logsOf('?event=payment.success')).total).toBe(2);
  expect((await logsOf('?payment_id=pay_1')).total).toBe(2);
  expect((await logsOf('?event=payment.success&payment_id=pay_1')).total).toBe(1);
  const emptied = await call('/logs', { method: 'DELETE' });
  expect([emptied.status, await emptied.json()]).toEqual([200, { data: [], total: 0 }]);
  expect(await logsOf()).toEqual({ data: [], total: 0 });
});

test('GET /logs answers 304 until something happens', async () => {
  const etag = (await call('/logs')).headers.get('etag')!;
  const again = () => call('/logs', { headers: { 'If-None-Match': etag }, cache: 'no-store' });
  expect((await again()).status).toBe(304);
  await deliver('payment.created', 'pay_1');
  expect((await again()).status).toBe(200);
});

test('the page and its files are served with their types under a strict policy', async () => {
  const types = {
    '/': 'text/html; charset=utf-8',
    '/page.css': 'text/css; charset=utf-8',
    '/delivery-row.css': 'text/css; charset=utf-8',
    '/page.js': 'text/javascript; charset=utf-8',
    '/delivery-row.js': 'text/javascript; charset=utf-8',
    '/copy-button.js': 'text/javascript; charset=utf-8',
    '/icon.svg': 'image/svg+xml',
  };
  for (const [path, type] of Object.entries(types)) {
    const answer = await call(path);
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, type]);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('the page holds nothing inline, names only files that are served, and the API it was told of', async () => {
  const html = await (await call('/')).text();
  expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
  const files = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path!);
  expect(files.length).toBeGreaterThan(3);
  for (const path of files) expect([path, (await call(path)).status]).toEqual([path, 200]);
  expect(html).toContain('http://localhost:8123/api/v1/orders');
  expect(html).not.toContain('localhost:8000');
});

test('no script of the page writes HTML', async () => {
  for (const path of ['/page.js', '/delivery-row.js', '/copy-button.js']) {
    expect(await (await call(path)).text()).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval/);
  }
});

test.each(['/nowhere', '/webhook/', '/../etc/passwd', '/__proto__', '//', '/%00'])(
  '%s is 404 in JSON',
  async (path) => {
    const answer = await call(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  },
);

test.each([
  ['GET', '/webhook', 'POST'],
  ['PUT', '/webhook/fail', 'POST'],
  ['POST', '/logs', 'GET, DELETE'],
  ['DELETE', '/', 'GET'],
])('%s %s is 405 and names what is allowed', async (method, path, allowed) => {
  const answer = await call(path, { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
  expect(await answer.json()).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } });
});

test('HEAD is answered where GET is', async () => {
  const answer = await call('/', { method: 'HEAD' });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
});
