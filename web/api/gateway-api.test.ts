import { describe, expect, test } from '@jest/globals';
import { createGatewayApi } from './gateway-api.ts';

type Call = { url: string; init: RequestInit };

function apiThatHears(status: number, body: string, headers: Record<string, string> = {}) {
  const calls: Call[] = [];
  const api = createGatewayApi('https://api.example', (url, init) => {
    calls.push({ url: url as string, init: init! });
    return Promise.resolve(new Response(body, { status, headers }));
  });
  return { api, calls };
}

const error = (code: string, more = {}) =>
  JSON.stringify({ error: { code, description: 'words', request_id: 'req_1', ...more } });

describe('what is sent', () => {
  test('a payment goes out with its key, as JSON, without credentials', async () => {
    const { api, calls } = apiThatHears(201, '{"id":"pay_1"}');
    await api.createPayment({ order_id: 'order_1', method: 'upi', vpa: 'a@b' }, 'key-1');
    expect(calls[0]!.url).toBe('https://api.example/api/v1/payments/public');
    expect(calls[0]!.init).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'key-1' },
      body: '{"order_id":"order_1","method":"upi","vpa":"a@b"}',
    });
  });

  test('an id from the address cannot leave its place in the path', async () => {
    const { api, calls } = apiThatHears(200, '{}');
    await api.readOrder('../x?y#z');
    expect(calls[0]!.url).toBe('https://api.example/api/v1/orders/..%2Fx%3Fy%23z/public');
  });

  test('a read needs no preflight', async () => {
    const { api, calls } = apiThatHears(200, '{}');
    await api.readPayment('pay_1');
    expect(calls[0]!.init.headers).toBeUndefined();
  });
});

describe('what comes back', () => {
  test('an error of the gateway, with its field and its patience', async () => {
    const { api } = apiThatHears(429, error('RATE_LIMIT_ERROR', { field: 'vpa' }), { 'Retry-After': '7' });
    await expect(api.readOrder('order_1')).rejects.toMatchObject({
      code: 'RATE_LIMIT_ERROR',
      message: 'words',
      field: 'vpa',
      retryAfterMs: 7000,
      requestId: 'req_1',
    });
  });

  test.each([
    ['a page of a proxy', 502, '<html>'],
    ['JSON of a proxy', 504, '{"message":"Endpoint request timed out"}'],
    ['null', 500, 'null'],
    ['success that breaks off', 201, '{"id":'],
  ])('%s says nothing about what was done', async (_what, status, body) => {
    const { api } = apiThatHears(status, body);
    await expect(api.readOrder('order_1')).rejects.toMatchObject({ code: 'NETWORK' });
  });

  test('no answer is no answer', async () => {
    const api = createGatewayApi('https://api.example', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(api.readOrder('order_1')).rejects.toMatchObject({ name: 'ApiError', code: 'NETWORK' });
  });
});
