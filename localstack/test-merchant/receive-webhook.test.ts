import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ROTATION_HINT } from './rotation-hint.ts';
import { signDelivery } from './sign-delivery.ts';
import { startTestMerchant, type RunningTestMerchant } from './start-test-merchant.ts';

const secret = 'whsec_test_abc123';
const body = JSON.stringify({
  event: 'payment.success',
  timestamp: 1705315870,
  data: { payment: { id: 'pay_1', order_id: 'order_1', amount: 50000, status: 'success' } },
});

let merchant: RunningTestMerchant;
beforeEach(async () => {
  merchant = await startTestMerchant({ port: 0, secret });
});
afterEach(() => merchant.close());

function post(path: string, text = body, headers = signDelivery(text, { secret })) {
  return fetch(merchant.url + path, { method: 'POST', body: text, headers });
}

test('a signed webhook is answered with 200 and kept with all that is known of it', async () => {
  const answer = await post('/webhook');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('{"received":true}');
  expect(merchant.deliveries()).toEqual([
    expect.objectContaining({
      path: '/webhook',
      event: 'payment.success',
      webhook_id: 'evt_1',
      payment_id: 'pay_1',
      payment_status: 'success',
      verified: true,
      reason: null,
      duplicate: false,
      attempt: 1,
      status: 200,
      body,
      headers: expect.objectContaining({ 'webhook-id': 'evt_1' }),
    }),
  ]);
});

test('a webhook signed with another secret is answered with 401 and the reason', async () => {
  const answer = await post('/webhook', body, signDelivery(body, { secret: 'whsec_other' }));
  expect(answer.status).toBe(401);
  const reason = `signature does not match: was the body changed, or is the secret another? ${ROTATION_HINT}`;
  expect(await answer.json()).toEqual({
    error: { code: 'SIGNATURE_REFUSED', check: 'X-Webhook-Signature', description: reason },
  });
  expect(merchant.deliveries()[0]).toMatchObject({
    verified: false,
    status: 401,
    reason: `X-Webhook-Signature: ${reason}`,
  });
});

test('a body with a byte-order mark, odd spacing and raw bytes is verified as sent', async () => {
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x20, 0x7b, 0x7d, 0x0d, 0x0a, 0xff]);
  const { createHmac } = await import('node:crypto');
  const headers = { 'x-webhook-signature': createHmac('sha256', secret).update(bytes).digest('hex') };
  const answer = await fetch(`${merchant.url}/webhook`, { method: 'POST', body: bytes, headers });
  expect(answer.status).toBe(200);
});

test.each(['not JSON at all', ''])('a signed body that is no JSON (%j) is accepted and marked', async (text) => {
  expect((await post('/webhook', text)).status).toBe(200);
  expect(merchant.deliveries()[0]).toMatchObject({ verified: true, reason: 'verified, but not JSON', body: text });
});

test.each(['null', '[]', '7', '{"data":null}', '{"event":{"a":1},"data":{"payment":{"id":5}}}'])(
  'JSON of another shape (%s) is accepted with nothing made up',
  async (text) => {
    expect((await post('/webhook', text)).status).toBe(200);
    expect(merchant.deliveries()[0]).toMatchObject({ event: null, payment_id: null, payment_status: null });
  },
);

test('the payment of a refund that came without one is taken from the refund', async () => {
  await post('/webhook', '{"event":"refund.created","data":{"refund":{"id":"rfnd_1","payment_id":"pay_9"}}}');
  expect(merchant.deliveries()[0]).toMatchObject({ payment_id: 'pay_9', payment_status: null });
});

test('the same webhook-id again is answered with 200 and marked a duplicate', async () => {
  await post('/webhook');
  expect((await post('/webhook')).status).toBe(200);
  expect(merchant.deliveries().map(({ attempt, duplicate }) => [attempt, duplicate])).toEqual([
    [2, true],
    [1, false],
  ]);
});

test('a forged webhook does not make the real one a duplicate', async () => {
  await post('/webhook', body, signDelivery(body, { secret: 'whsec_other' }));
  await post('/webhook');
  expect(merchant.deliveries()[0]).toMatchObject({ attempt: 2, duplicate: false, verified: true });
});

test('/webhook/fail always answers 500 and still checks', async () => {
  expect((await post('/webhook/fail')).status).toBe(500);
  expect((await post('/webhook/fail', body, {})).status).toBe(500);
  expect(merchant.deliveries().map(({ verified, status }) => [verified, status])).toEqual([
    [false, 500],
    [true, 500],
  ]);
});

test('/webhook/flaky fails the first n attempts of each event', async () => {
  const statuses: number[] = [];
  for (const webhookId of ['evt_a', 'evt_a', 'evt_b', 'evt_a', 'evt_b', 'evt_b']) {
    statuses.push((await post('/webhook/flaky?n=2', body, signDelivery(body, { secret, webhookId }))).status);
  }
  expect(statuses).toEqual([503, 503, 503, 200, 503, 200]);
  expect(merchant.deliveries()[0]).toMatchObject({ attempt: 3, duplicate: false });
});

test('/webhook/slow answers when its time is over', async () => {
  const startedAt = performance.now();
  expect((await post('/webhook/slow?ms=120')).status).toBe(200);
  expect(performance.now() - startedAt).toBeGreaterThan(100);
});

test('/webhook/slow shows what is waiting, and that the sender hung up', async () => {
  const impatient = new AbortController();
  const headers = signDelivery(body, { secret });
  const call = fetch(`${merchant.url}/webhook/slow`, { method: 'POST', body, headers, signal: impatient.signal });
  const outcome = call.catch((error: unknown) => error);
  await until(() => merchant.deliveries().length === 1);
  expect(merchant.deliveries()[0]).toMatchObject({ status: null, hung_up: false });
  impatient.abort();
  await outcome;
  await until(() => merchant.deliveries()[0]?.hung_up === true);
  expect(merchant.deliveries()[0]).toMatchObject({ status: null, verified: true });
});

test.each(['/webhook/slow?ms=soon', '/webhook/slow?ms=600001', '/webhook/flaky?n=-1', '/webhook/flaky?n='])(
  '%s is refused with a sentence',
  async (path) => {
    const answer = await post(path);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('must be a whole number from 0 to');
    expect(merchant.deliveries()).toEqual([]);
  },
);

test('a body over 1 MiB is not read, one of 1 MiB is, and its log is short', async () => {
  const largest = 'x'.repeat(1024 * 1024);
  expect((await post('/webhook', `${largest}x`)).status).toBe(413);
  expect((await post('/webhook', largest)).status).toBe(200);
  const [delivery, ...others] = merchant.deliveries();
  expect(others).toEqual([]);
  expect(delivery).toMatchObject({ verified: true, body_truncated: true, body: 'x'.repeat(64 * 1024) });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
