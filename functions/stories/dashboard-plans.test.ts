import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { fill } from '../../localstack/commands/seed/fill.ts';
import { type Queryable, statement } from '../../shared/database/database.ts';
import { readText } from '../../shared/house/source-files.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { knock } from '../../shared/testing/knock.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as getQueues } from '../http/operations/get-queues.ts';
import { handler as listOrders } from '../http/orders/list.ts';
import { handler as exportPayments } from '../http/payments/export.ts';
import { handler as getPayment } from '../http/payments/get.ts';
import { handler as listPayments } from '../http/payments/list.ts';
import { handler as getTimeline } from '../http/payments/timeline.ts';
import { handler as listPaymentRefunds } from '../http/refunds/list-of-payment.ts';
import { handler as listRefunds } from '../http/refunds/list.ts';
import { handler as getStats } from '../http/stats/get.ts';
import { handler as getWebhook } from '../http/webhooks/get.ts';
import { handler as listWebhooks } from '../http/webhooks/list.ts';
import { handler as retryFailed } from '../http/webhooks/retry-failed.ts';

/** Those that grow with the business. The others fit on a page or two, and are read whole. */
const growing = ['orders', 'payments', 'refunds', 'events', 'webhook_logs', 'webhook_attempts'];

/** How many merchants with as many payments each the tables hold; the one who asks has one part of them. */
const merchants = 4;
const paymentsEach = 3_000;

type Asked = { name: string; text: string; values: unknown[] };
type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Rows Removed by Filter'?: number;
  'Actual Loops'?: number;
  Plans?: Plan[];
};

/**
 * Rows that a statement may read for nothing: what is pending or failed is little, and a merchant has thousands. A rare
 * status of payments is found among everybody's.
 */
const fewRows = (table: string) => (table === 'payments' ? 400 : 150);

class Undo extends Error {}

describe('what the dashboard asks for is found by an index', () => {
  const testGateway = useTestGateway();
  const { sql } = testGateway;
  const ids = { payment: '', order: '', refund: '', webhook: '', receipt: '' };

  beforeAll(async () => {
    await fill(testGateway.gateway, { payments: paymentsEach, seed: 3 }, () => undefined);
    for (let copy = 1; copy < merchants; copy++) await copyForAnotherMerchant(copy);
    for (const table of growing) await sql(`vacuum (analyze) ${table}`);
    const [row] = await sql<typeof ids>(
      `select p.id as payment, p.order_id as order, r.id as refund, o.receipt,
              (select id::text from webhook_logs where merchant_id = $1 limit 1) as webhook
       from payments p join refunds r on r.payment_id = p.id join orders o on o.id = p.order_id
       where p.merchant_id = $1 and o.receipt is not null limit 1`,
      [testMerchant.id],
    );
    Object.assign(ids, row);
  }, 120_000);

  /** Every statement that was heard, for the indexes that go. */
  const everything = new Map<string, Asked>();
  /** And every index that served them. */
  const used = new Set<string>();

  /** All that the test merchant has, for somebody else under other ids. */
  async function copyForAnotherMerchant(copy: number) {
    const other = `md5('merchant ${copy}')::uuid`;
    const id = (column: string) =>
      `regexp_replace(${column}, '_.*', '_') || substr(md5(${column} || '${copy}'), 1, 16)`;
    const uuid = (column: string) => `md5(${column}::text || '${copy}')::uuid`;
    await sql(
      `insert into merchants (id, name, email, api_key, api_secret, webhook_secret)
       values (${other}, 'Other', '${copy}@example.com', 'key_${copy}', '', '')`,
    );
    const changed: Record<string, Record<string, string>> = {
      orders: { id: id('id') },
      payments: { id: id('id'), order_id: id('order_id') },
      refunds: { id: id('id'), payment_id: id('payment_id') },
      events: { id: id('id'), payment_id: id('payment_id'), refund_id: id('refund_id') },
      webhook_logs: { id: uuid('id'), event_id: id('event_id') },
      webhook_attempts: { webhook_log_id: uuid('webhook_log_id') },
    };
    for (const [table, own] of Object.entries(changed)) {
      const columns = await sql<{ name: string }>(
        `select column_name as name from information_schema.columns where table_name = $1 and table_schema = 'public'`,
        [table],
      );
      const names = columns.map(({ name }) => name);
      const values = names.map((name) => own[name] ?? (name === 'merchant_id' ? other : name));
      const whose =
        table === 'webhook_attempts'
          ? `webhook_log_id in (select id from webhook_logs where merchant_id = $1)`
          : 'merchant_id = $1';
      await sql(`insert into ${table} (${names.join()}) select ${values.join()} from ${table} where ${whose}`, [
        testMerchant.id,
      ]);
    }
  }

  /** The statements that reach the database meanwhile, each once. */
  async function heard(work: () => Promise<unknown>): Promise<Asked[]> {
    const spy = jest.spyOn(pg.Client.prototype, 'query');
    try {
      await work();
      const asked = (spy.mock.calls as unknown[][]).map(([first]) => first as Asked);
      return [...new Map(asked.filter(({ name }) => Boolean(name)).map((one) => [one.name, one])).values()];
    } finally {
      spy.mockRestore();
    }
  }

  /** What is wrong with a plan: a table is read from end to end, or a merchant's rows are, to keep a few of them. */
  const faultsIn = ({ Plans = [], ...node }: Plan): string[] => {
    const table = node['Relation Name'] ?? '';
    const thrownAway = (node['Rows Removed by Filter'] ?? 0) * (node['Actual Loops'] ?? 1);
    const isFault =
      growing.includes(table) &&
      (node['Node Type'].includes('Seq Scan') ||
        (node['Node Type'] !== 'Index Only Scan' && thrownAway > fewRows(table)));
    const fault = `${node['Node Type']} on ${table}, ${thrownAway} rows for nothing`;
    if (node['Index Name'] !== undefined) used.add(node['Index Name']);
    return [...(isFault ? [fault] : []), ...Plans.flatMap(faultsIn)];
  };

  type Explained = { 'QUERY PLAN': [{ Plan: Plan }] };

  /** As it is done with the values that were sent, and as PostgreSQL would plan it once for any. */
  async function plansOf(within: Queryable, { text, values }: Asked): Promise<Plan[]> {
    const done = await within.rows<Explained>(statement('', `explain (analyze, format json) ${text}`), values);
    const forAny = await within.rows<Explained>(statement('', `explain (generic_plan, format json) ${text}`));
    return [done, forAny].map(([row]) => row!['QUERY PLAN'][0].Plan);
  }

  /** What is wrong with the plans of these statements, after `change`; nothing of it stays. */
  async function faultsOf(all: readonly Asked[], change?: string): Promise<object[]> {
    const faults: object[] = [];
    const undone = testGateway.database.transaction(async (within) => {
      if (change !== undefined) await within.rows(statement('', change));
      for (const one of all) {
        const plans = await plansOf(within, one);
        faults.push(...plans.flatMap(faultsIn).map((fault) => ({ name: one.name, fault })));
      }
      throw new Undo();
    });
    await expect(undone).rejects.toThrow(Undo);
    return faults;
  }

  const day = { from: '2000-01-01T00:00:00Z', to: '2999-01-01T00:00:00Z' };
  const questions: [string, () => Promise<{ status: number }>, atLeast?: number][] = [
    ...['24h', '7d', '30d'].map((range): [string, () => Promise<{ status: number }>, number] => [
      `home, ${range}`,
      () => knock(getStats, { query: { range } }),
      3,
    ]),
    ...[
      {},
      { offset: '2000' },
      ...['pending', 'success', 'failed', 'partially_refunded', 'refunded'].map((status) => ({ status })),
      { method: 'card' },
      { status: 'failed', method: 'upi' },
      { ...day },
      { ...day, status: 'success', method: 'card' },
      { order_id: 'order_AAAAAAAAAAAAAAAA' },
    ].map((query): [string, () => Promise<{ status: number }>] => [
      `payments ${JSON.stringify(query)}`,
      () => knock(listPayments, { query }),
    ]),
    ...(['payment', 'order', 'refund', 'receipt'] as const).flatMap((kind) => [
      [`a search for the ${kind}`, () => knock(listPayments, { query: { q: ids[kind] } })] as [
        string,
        () => Promise<{ status: number }>,
      ],
    ]),
    ['a search for a VPA', () => knock(listPayments, { query: { q: 'asha.rao@okaxis' } })],
    ['a search for four digits', () => knock(listPayments, { query: { q: '1111' } })],
    [
      'a search among the failed of a time',
      () => knock(listPayments, { query: { ...day, status: 'failed', q: '1111' } }),
    ],
    ['orders', () => knock(listOrders)],
    ['orders that are open', () => knock(listOrders, { query: { status: 'created' } })],
    ['orders that are paid', () => knock(listOrders, { query: { status: 'paid' } })],
    ['a receipt', () => knock(listOrders, { query: { q: ids.receipt, status: 'paid' } })],
    ['refunds', () => knock(listRefunds)],
    ['refunds that failed', () => knock(listRefunds, { query: { status: 'failed' } })],
    ['refunds of a payment', () => knock(listPaymentRefunds, { params: { id: ids.payment } })],
    ['deliveries', () => knock(listWebhooks)],
    ['deliveries that failed', () => knock(listWebhooks, { query: { status: 'failed' } })],
    ['deliveries of an event', () => knock(listWebhooks, { query: { event: 'payment.success', status: 'success' } })],
    ['a delivery', () => knock(getWebhook, { params: { id: ids.webhook } })],
    ['a payment', () => knock(getPayment, { params: { id: ids.payment } })],
    ['a timeline', () => knock(getTimeline, { params: { id: ids.payment } })],
    ['an export', () => knock(exportPayments)],
    ['the next part of an export', () => knock(exportPayments, { query: { before: ids.payment, status: 'success' } })],
    ['the queues of all', () => knock(getQueues)],
    [
      'the queues of one',
      async () => {
        await sql('update merchants set is_operator = false');
        return knock(getQueues);
      },
    ],
    ['a retry of all that failed', () => knock(retryFailed)],
  ];

  test.each(questions)('%s', async (_name, ask, atLeast = 2) => {
    const asked = await heard(async () => expect((await ask()).status).toBe(200));
    // The key of the merchant and the clock are among them.
    expect(asked.length).toBeGreaterThanOrEqual(atLeast);
    for (const one of asked) everything.set(one.name, one);
    expect(await faultsOf(asked)).toEqual([]);
  });

  test('every index that was made for it is used by something', () => {
    const made = [...readText('shared/database/migrations/0003_dashboard.sql').matchAll(/^create index (\w+)/gm)]
      .map(([, name]) => name!)
      .filter((name) => !name.startsWith('dashboard_sessions'));
    expect(made.length).toBeGreaterThan(8);
    expect(made.filter((name) => !used.has(name))).toEqual([]);
  });

  test.each([
    ...['payments_of_merchant', 'payments_vpa', 'payments_card_last4', 'payments_order_id'],
    ...['orders_of_merchant', 'orders_receipt', 'webhook_logs_of_merchant', 'webhook_logs_event_id'],
  ])('and it is seen when %s is gone', async (index) => {
    expect(everything.size).toBeGreaterThan(40);
    expect(await faultsOf([...everything.values()], `drop index ${index}`)).not.toEqual([]);
  });
});
