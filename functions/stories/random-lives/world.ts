import type { Gateway } from '../../../shared/gateway/gateway.ts';
import { knock } from '../../../shared/testing/knock.ts';
import type { TestGateway } from '../../../shared/testing/test-gateway.ts';
import { handler as createOrder } from '../../http/orders/create.ts';
import { handler as listOrders } from '../../http/orders/list.ts';
import { handler as capture } from '../../http/payments/capture.ts';
import { handler as createPayment } from '../../http/payments/create.ts';
import { handler as listPayments } from '../../http/payments/list.ts';
import { handler as createRefund } from '../../http/refunds/create.ts';
import { handler as listRefunds } from '../../http/refunds/list.ts';
import { entryOf } from './instruments.ts';
import type { Answer, Wanted } from './requests.ts';

/** The gateway under test, seen by a merchant of the run's own. */
export type World = {
  readonly merchantId: string;
  readonly headers: Record<string, string>;
  readonly tested: TestGateway;
  /** Another host of the same database, whose workers die. */
  readonly mortal: Gateway;
  /** By id and claim: writes down what the bank said, and answers whether that counted. */
  readonly sleepers: Map<string, () => Promise<boolean>>;
  readonly receiver: { readonly url: string; status: number };
};

export async function readClock({ tested }: World): Promise<number> {
  const [row] = await tested.sql<{ now: Date }>('select gateway_now() as now');
  return row?.now.getTime() ?? Number.NaN;
}

export async function send(world: World, wanted: Wanted, key: string | undefined): Promise<Answer> {
  const headers = { ...world.headers, ...(key !== undefined && { 'idempotency-key': key }) };
  const answered = await answerTo(headers, wanted);
  return {
    status: answered.status,
    text: answered.text,
    isReplayed: answered.headers['idempotent-replayed'] === 'true',
    body: answered.json as Record<string, unknown>,
  };
}

function answerTo(headers: Record<string, string>, wanted: Wanted) {
  switch (wanted.ask) {
    case 'order':
      return knock(createOrder, { headers, body: { amount: wanted.amount } });
    case 'payment':
      return knock(createPayment, { headers, body: { order_id: wanted.orderId, ...entryOf(wanted.by).body } });
    case 'capture':
      return knock(capture, { headers, params: { id: wanted.paymentId }, body: { amount: wanted.amount } });
    case 'refund':
      return knock(createRefund, { headers, params: { id: wanted.paymentId }, body: { amount: wanted.amount } });
  }
}

export type Shown = Record<string, string | number | boolean | undefined>;

export const showOrder = ({ id, amount, status }: Shown) => `${id}: ${amount}, ${status}`;
export const showPayment = (p: Shown) =>
  `${p.id} of ${p.order_id}: ${p.amount}, ${p.status} ${p.error_code ?? ''}, captured ${p.captured}, refunded ${p.amount_refunded}`;
export const showRefund = (r: Shown) => `${r.id} of ${r.payment_id}: ${r.amount}, ${r.status} ${r.error_code ?? ''}`;

/** Everything the API says to this merchant; see `shown` of the model. */
export async function observe({ headers }: World): Promise<string[]> {
  const call = { method: 'GET', headers, query: { limit: '100' } };
  const lists = await Promise.all([knock(listOrders, call), knock(listPayments, call), knock(listRefunds, call)]);
  const [orders, payments, refunds] = lists.map(({ json }) => {
    const { data, total } = json as { data: Shown[]; total: number };
    if (data.length !== total) throw new Error(`a list has ${total} entries and shows ${data.length}`);
    return data;
  });
  return [...(orders ?? []).map(showOrder), ...(payments ?? []).map(showPayment), ...(refunds ?? []).map(showRefund)];
}
