import { beforeAll, describe, expect, test } from '@jest/globals';
import { errorBody } from '../contracts/error-body.ts';
import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';
import type { HttpHandler } from '../http/chains.ts';
import { testMerchant } from '../merchants/test-merchant.ts';
import { type Answered, type Knock, knock } from '../testing/knock.ts';
import { ring } from '../testing/ring.ts';
import { sessionOf } from '../testing/session-of.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { handler as settlePayment } from '../../functions/jobs/settle-payment.ts';
import { handler as settleRefund } from '../../functions/jobs/settle-refund.ts';
import { mappedFunctions } from './serverless-map.ts';

type RouteName = keyof typeof routes;

async function knockAt(name: RouteName, call: Knock = {}): Promise<Answered> {
  const { file } = mappedFunctions.find((mapped) => mapped.name === name)!;
  const { handler } = (await import(`../../${file}`)) as { handler: HttpHandler };
  const { method, path } = routes[name];
  return knock(handler, { method, path, ...call });
}

describe('what the doors answer is what the reference says', () => {
  const testGateway = useTestGateway({ REFUND_PROCESSING_DELAY: '0' });
  let session: Record<string, string> = {};
  const card = { number: '4000000000000002', expiry_month: 12, expiry_year: 2099, cvv: '123', holder_name: 'Asha Rao' };
  const order = { amount: 50_000, receipt: 'r-1', notes: { cart: '42' } };
  const ids = { order: '', failed: '', paid: '', capturable: '', refund: '', webhook: '' };
  const byUpi = (order_id: string) => ({ order_id, method: 'upi', vpa: 'asha@okbank' });
  const byCard = (order_id: string) => ({ order_id, method: 'card', card });

  /** A success of every route. A new route is not documented before it stands here. */
  const calls: Record<RouteName, () => Knock> = {
    health: () => ({}),
    createOrder: () => ({ body: order }),
    listOrders: () => ({}),
    getOrder: () => ({ params: { id: ids.order } }),
    getPublicOrder: () => ({ params: { id: ids.order } }),
    createPayment: () => ({ body: byUpi(ids.order) }),
    createPublicPayment: () => ({ headers: {}, body: byCard(ids.order) }),
    listPayments: () => ({}),
    exportPayments: () => ({ query: { method: 'upi' } }),
    getPayment: () => ({ params: { id: ids.failed } }),
    getPublicPayment: () => ({ headers: {}, params: { id: ids.failed } }),
    getPaymentTimeline: () => ({ params: { id: ids.paid } }),
    capturePayment: () => ({ params: { id: ids.capturable } }),
    createRefund: () => ({ params: { id: ids.paid }, body: { amount: 20_000, reason: 'Item returned' } }),
    listPaymentRefunds: () => ({ params: { id: ids.paid } }),
    listRefunds: () => ({}),
    getRefund: () => ({ params: { id: ids.refund } }),
    listWebhooks: () => ({}),
    getWebhook: () => ({ params: { id: ids.webhook } }),
    retryWebhook: () => ({ params: { id: ids.webhook } }),
    retryFailedWebhooks: () => ({}),
    testWebhook: () => ({}),
    getStats: () => ({ query: { range: '30d', time_zone: 'Asia/Kolkata' } }),
    getQueues: () => ({}),
    getMerchant: () => ({}),
    updateMerchant: () => ({ body: { name: 'Demo Store' } }),
    rotateWebhookSecret: () => ({}),
    revealApiSecret: () => ({}),
    signIn: () => ({ headers: {}, body: { email: 'test@example.com', password: 'any' } }),
    getSession: () => ({ headers: session }),
    signOut: () => ({ headers: session }),
    getTestMerchant: () => ({ headers: {} }),
    getJobsStatus: () => ({ headers: {} }),
  };

  beforeAll(async () => {
    session = (await sessionOf(testGateway, testMerchant.id)).headers;
    await knockAt('updateMerchant', { body: { webhook_url: 'http://127.0.0.1:9/webhook' } });
    ids.order = (await knockAt('createOrder', { body: order })).json.id;
    const paid = (await knockAt('createOrder', { body: order })).json.id;
    ids.failed = (await knockAt('createPublicPayment', { headers: {}, body: byCard(paid) })).json.id;
    await ring(settlePayment, 'settle-payment', ids.failed);
    ids.paid = (await knockAt('createPayment', { body: byUpi(paid) })).json.id;
    const another = (await knockAt('createOrder', { body: order })).json.id;
    ids.capturable = (await knockAt('createPayment', { body: byUpi(another) })).json.id;
    await ring(settlePayment, 'settle-payment', ids.paid, ids.capturable);
    const refund = { params: { id: ids.paid }, body: { amount: 100 } };
    ids.refund = (await knockAt('createRefund', refund)).json.id;
    await ring(settleRefund, 'settle-refund', ids.refund);
    ids.webhook = (await knockAt('listWebhooks')).json.data[0].id;
  });

  // Parsing forgets keys that are not in the schema, at every depth; so nothing may be missing afterwards.
  test.each(Object.keys(calls) as RouteName[])('%s', async (name) => {
    const { status, text, json } = await knockAt(name, calls[name]());
    const { response, responseType }: Route = routes[name];
    expect(status).toBe(routes[name].status);
    const answered = responseType === undefined ? json : text;
    expect(response.parse(answered)).toEqual(answered);
  });

  test('a failed payment, a successful one and one that waits are all payments', async () => {
    const { json } = await knockAt('listPayments', { query: { limit: '100' } });
    const seen = json.data.map(({ status, method }: Record<string, string>) => `${method} ${status}`);
    expect(new Set(seen)).toEqual(
      new Set(['upi success', 'upi partially_refunded', 'card failed', 'upi pending', 'card pending']),
    );
    expect(routes.listPayments.response.parse(json)).toEqual(json);
  });

  test.each<[RouteName, Knock, number]>([
    ['getOrder', { params: { id: 'order_0000000000000000' } }, 404],
    ['createOrder', { body: { amount: 1 } }, 400],
    ['createOrder', { body: 'x'.repeat(70_000) }, 413],
    ['createPublicPayment', { headers: {}, body: { order_id: 'x', method: 'upi' } }, 404],
    ['listPayments', { headers: {} }, 401],
    ['listPayments', { query: { limit: '0' } }, 400],
    ['listPayments', { query: { q: '\0' } }, 400],
    ['listPayments', { query: { order_id: 'a\0' } }, 400],
  ])('%s refuses %j with %d and the one error body', async (name, call, status) => {
    const answered = await knockAt(name, call);
    expect(answered.status).toBe(status);
    expect(errorBody.parse(answered.json)).toEqual(answered.json);
    expect(answered.json.error.request_id).toBe(answered.headers['x-request-id']);
  });
});
