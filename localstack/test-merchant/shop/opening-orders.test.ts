import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startApi, type TestApi } from '../../../shared/testing/start-api.ts';
import { useTestGateway } from '../../../shared/testing/test-gateway.ts';
import { signDelivery } from '../sign-delivery.ts';
import { startTestMerchant, type RunningTestMerchant } from '../start-test-merchant.ts';

describe('the shop opens orders at a real gateway', () => {
  const { env, sql } = useTestGateway();
  const secret = 'whsec_test_abc123';
  let api: TestApi;
  let merchant: RunningTestMerchant;

  beforeAll(async () => {
    api = await startApi(env);
    merchant = await startTestMerchant({ port: 0, secret, apiUrl: api.url });
  });
  afterAll(async () => {
    await merchant.close();
    await api.stop();
  });

  // What the gateway refuses is also said in the shop's terminal.
  beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined));

  const post = async (body: object) => {
    const answer = await fetch(`${merchant.url}/shop/orders`, { method: 'POST', body: JSON.stringify(body) });
    return { status: answer.status, json: (await answer.json()) as any };
  };
  const known = async (orderId: string) =>
    (await (await fetch(`${merchant.url}/shop/orders?order_id=${orderId}`)).json()) as any;
  const deliver = async (path: string, event: string, payment: object, signedWith = secret) => {
    const body = JSON.stringify({ event, data: { payment } });
    const headers = signDelivery(body, { secret: signedWith, webhookId: `evt_${event}_${path}_${signedWith}` });
    return (await fetch(merchant.url + path, { method: 'POST', body, headers })).status;
  };

  test('at the shop’s price, whatever the browser says it is', async () => {
    const { status, json } = await post({
      ...{ quantity: 3, purchase_key: 'price-tampering-1' },
      ...{ amount: 100, price: 1, unit_price: 1, currency: 'JPY', receipt: 'mine', notes: { a: 1 } },
    });
    expect([status, json]).toEqual([201, { order_id: expect.stringMatching(/^order_\w{16}$/), amount: 149_700 }]);
    expect(
      await sql('select amount, currency, receipt, notes, status from orders where id = $1', [json.order_id]),
    ).toEqual([
      {
        ...{ amount: 149_700, currency: 'INR', receipt: 'shop-price-ta', status: 'created' },
        notes: { product: 'Brass filter coffee set', quantity: 3 },
      },
    ]);
  });

  test('two clicks at once, and a third later, are one order', async () => {
    const click = () => post({ quantity: 1, purchase_key: 'a-double-click-01' });
    const answers = [...(await Promise.all([click(), click()])), await click()];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ json }) => json.order_id)).size).toBe(1);
    expect(await sql("select count(*) from orders where receipt = 'shop-a-double'")).toEqual([{ count: 1 }]);
  });

  test('another quantity under the same key is no order', async () => {
    const first = await post({ quantity: 1, purchase_key: 'another-quantity1' });
    const second = await post({ quantity: 2, purchase_key: 'another-quantity1' });
    expect([first.status, second.status, second.json.error.code]).toEqual([201, 502, 'GATEWAY_REFUSED']);
    expect(second.json.error.details).toContain('IDEMPOTENCY_KEY_REUSED');
  });

  test('wrong keys are said to the developer, without the secret', async () => {
    const shop = {
      checkoutOrigin: 'http://localhost:3001',
      apiKey: 'key_test_abc123',
      apiSecret: 'no_secret_of_anyone',
    };
    const other = await startTestMerchant({ port: 0, secret, apiUrl: api.url, shop });
    const body = JSON.stringify({ quantity: 1, purchase_key: 'the-wrong-keys-01' });
    const answer = await fetch(`${other.url}/shop/orders`, { method: 'POST', body });
    await other.close();
    const text = await answer.text();
    expect([answer.status, text.includes('no_secret_of_anyone')]).toEqual([502, false]);
    expect(text).toContain('AUTHENTICATION_ERROR');
  });

  test('the first code sample of the page opens one', async () => {
    const html = await (await fetch(`${merchant.url}/shop`)).text();
    const code = /id="how-order"[^>]*><code>([^]*?)<\/code>/.exec(html)![1]!;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the sample is text until somebody runs it
    const run = new Function('fetch', 'process', `return (async () => { ${code} return order; })()`);
    const keys = { API_KEY: 'key_test_abc123', API_SECRET: 'secret_test_xyz789' };
    expect(await run(fetch, { env: keys })).toMatchObject({ amount: 49_900, status: 'created' });
  });

  test('an order waits for its verified webhook, and only a receiver that accepted it confirms', async () => {
    const { json } = await post({ quantity: 1, purchase_key: 'wait-for-webhook1' });
    const payment = { id: 'pay_1', order_id: json.order_id, amount: 49_900, currency: 'INR', status: 'success' };
    expect(await deliver('/webhook', 'payment.pending', payment)).toBe(200);
    expect(await deliver('/webhook', 'payment.success', payment, 'whsec_of_a_stranger')).toBe(401);
    expect(await deliver('/webhook/fail', 'payment.success', payment)).toBe(500);
    const before = await known(json.order_id);
    expect(before).toMatchObject({ status: 'awaiting_payment', payment_id: null, amount: 49_900, quantity: 1 });
    expect(before.webhooks.map((one: any) => [one.event, one.verified, one.status])).toEqual([
      ['payment.pending', true, 200],
      ['payment.success', false, 401],
      ['payment.success', true, 500],
    ]);
    expect(await deliver('/webhook', 'payment.success', payment)).toBe(200);
    expect(await known(json.order_id)).toMatchObject({ status: 'confirmed', payment_id: 'pay_1' });
    await fetch(`${merchant.url}/logs`, { method: 'DELETE' });
    expect(await known(json.order_id)).toMatchObject({ status: 'confirmed', webhooks: [] });
  });
});
