import { beforeAll, describe, expect, test } from '@jest/globals';
import { fill } from '../../localstack/commands/seed/fill.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { exportPayments as exportParts } from '../../shared/payments/export-payments.ts';
import { anotherMerchant } from '../../shared/testing/another-merchant.ts';
import { knock } from '../../shared/testing/knock.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as createOrder } from '../http/orders/create.ts';
import { handler as listOrders } from '../http/orders/list.ts';
import { handler as createPayment } from '../http/payments/create.ts';
import { handler as exportPayments } from '../http/payments/export.ts';
import { handler as listPayments } from '../http/payments/list.ts';
import { handler as listRefunds } from '../http/refunds/list.ts';
import { handler as listWebhooks } from '../http/webhooks/list.ts';

type Row = Record<string, any>;
type Query = Record<string, string>;

describe('finding payments', () => {
  const testGateway = useTestGateway();
  const { sql } = testGateway;
  let payments: Row[];
  let orders: Row[];
  let refunds: Row[];

  beforeAll(async () => {
    await fill(testGateway.gateway, { payments: 600, seed: 5 }, () => undefined);
    // Ties of time, and a receipt of many orders.
    await sql(`update orders set receipt = 'R-1' where id in (select id from orders order by id limit 40)`);
    await sql(
      `update payments set created_at = date_trunc('week', created_at) where id in (select id from payments order by id limit 200)`,
    );
    const newestFirst = (table: string) =>
      sql<Row>(`select * from ${table} order by created_at desc, id collate "C" desc`);
    [payments, orders, refunds] = await Promise.all([
      newestFirst('payments'),
      newestFirst('orders'),
      newestFirst('refunds'),
    ]);
    // Somebody else has the same receipt, VPA and card.
    const { credentials } = await anotherMerchant(testGateway);
    const { json: order } = await knock(createOrder, { headers: credentials, body: { amount: 500, receipt: 'R-1' } });
    const vpa = payments.find((row) => row.vpa !== null)?.vpa;
    await knock(createPayment, { headers: credentials, body: { order_id: order.id, method: 'upi', vpa } });
  }, 60_000);

  const ask = async (door: typeof listPayments, query: Query) => {
    const { status, json } = await knock(door, { method: 'GET', query: { limit: '100', ...query } });
    expect(status).toBe(200);
    return { total: json.total, ids: json.data.map(({ id }: Row) => id) as string[] };
  };

  /** The same question, asked of the rows one by one. */
  const isWanted = (row: Row, { q, from, to, ...equal }: Query) =>
    Object.entries(equal).every(([name, value]) => row[name] === value) &&
    (from === undefined || row.created_at >= new Date(from)) &&
    (to === undefined || row.created_at < new Date(to)) &&
    (q === undefined || [row.id, row.order_id, row.vpa, row.card_last4, ...receiptsAndRefundsOf(row)].includes(q));
  const receiptsAndRefundsOf = (row: Row): string[] => [
    ...orders.filter(({ id }) => id === row.order_id).map(({ receipt }) => receipt as string),
    ...refunds.filter((refund) => refund.payment_id === row.id).map(({ id }) => id as string),
  ];

  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)]!;
  const timeOf = (row: Row) => row.created_at.toISOString() as string;

  test('any filters together find what a look at every row finds, newest first and counted', async () => {
    const choices: Record<string, () => string> = {
      status: () => oneOf(['pending', 'success', 'failed', 'partially_refunded', 'refunded']),
      method: () => oneOf(['upi', 'card']),
      order_id: () => oneOf(payments).order_id,
      from: () => timeOf(payments[300 + Math.floor(Math.random() * 300)]!),
      to: () => timeOf(payments[Math.floor(Math.random() * 300)]!),
      q: () =>
        oneOf([
          () => 'R-1',
          () => oneOf(payments).id,
          () => oneOf(payments).order_id,
          () => oneOf(refunds).id,
          () => oneOf(orders).receipt ?? 'none',
          () => oneOf(payments).vpa ?? 'nobody@nowhere',
          () => oneOf(payments).card_last4 ?? '0000',
          () => '%',
        ])(),
    };
    let found = 0;
    for (let round = 0; round < 150; round++) {
      const names = Object.keys(choices).filter(() => Math.random() < 0.35);
      const query = Object.fromEntries(names.map((name) => [name, choices[name]!()]));
      const wanted = payments.filter((row) => isWanted(row, query)).map(({ id }) => id);
      expect({ query, ...(await ask(listPayments, query)) }).toEqual({
        query,
        total: wanted.length,
        ids: wanted.slice(0, 100),
      });
      found += Math.min(1, wanted.length);
    }
    expect(found).toBeGreaterThan(50);
  });

  test.each([
    ['a payment id', () => payments[7]!.id, () => [payments[7]!.id]],
    ['a refund id', () => refunds[3]!.id, () => [refunds[3]!.payment_id]],
    ['an order id', () => payments[9]!.order_id, () => ofOrders([payments[9]!.order_id])],
    [
      'a receipt of forty orders',
      () => 'R-1',
      () => ofOrders(orders.filter(({ receipt }) => receipt === 'R-1').map(({ id }) => id)),
    ],
    ['a part of a VPA', () => '@ybl', () => []],
    ['another writing of an id', () => payments[7]!.id.toUpperCase(), () => []],
    ['nothing', () => '', () => []],
  ])('a search for %s', async (_name, q, wanted) => {
    const { total, ids } = await ask(listPayments, { q: q() });
    expect([total, ids]).toEqual([wanted().length, wanted()]);
  });
  const ofOrders = (ids: string[]) => payments.filter(({ order_id }) => ids.includes(order_id)).map(({ id }) => id);

  test('what is found in two ways is found once', async () => {
    const twice = payments.find(({ vpa }) => vpa !== null)!;
    const before = await ask(listPayments, { q: twice.vpa });
    await sql('update orders set receipt = $2 where id = $1', [twice.order_id, twice.vpa]);
    const after = await ask(listPayments, { q: twice.vpa });
    expect(after.ids.filter((id) => id === twice.id)).toHaveLength(1);
    expect(after.total).toBe(new Set([...before.ids, ...ofOrders([twice.order_id])]).size);
    const { receipt } = orders.find(({ id }) => id === twice.order_id)!;
    await sql('update orders set receipt = $2 where id = $1', [twice.order_id, receipt]);
  });

  test('pages follow each other without a gap, also in a search', async () => {
    for (const query of [{}, { status: 'success' }, { q: 'R-1' }] as Query[]) {
      const wanted = payments.filter((row) => isWanted(row, query)).map(({ id }) => id);
      const seen: string[] = [];
      for (let offset = 0; offset < wanted.length; offset += 70) {
        seen.push(...(await ask(listPayments, { ...query, limit: '70', offset: String(offset) })).ids);
      }
      expect(seen).toEqual(wanted);
      expect(await ask(listPayments, { ...query, offset: '100000' })).toEqual({ total: wanted.length, ids: [] });
    }
  });

  test('orders are found by status, id and receipt', async () => {
    for (const query of [
      {},
      { status: 'paid' },
      { status: 'created' },
      { q: 'R-1' },
      { q: 'R-1', status: 'paid' },
    ] as Query[]) {
      const wanted = orders.filter(
        (row) => (query.status ?? row.status) === row.status && [row.id, row.receipt].includes(query.q ?? row.id),
      );
      expect({ query, ...(await ask(listOrders, query)) }).toEqual({
        query,
        total: wanted.length,
        ids: wanted.slice(0, 100).map(({ id }) => id),
      });
    }
    expect(await ask(listOrders, { q: orders[5]!.id })).toEqual({ total: 1, ids: [orders[5]!.id] });
    expect((await knock(listOrders, { method: 'GET', query: { status: 'open' } })).status).toBe(400);
  });

  test('refunds and deliveries are found by status', async () => {
    for (const status of ['pending', 'processed', 'failed']) {
      const wanted = refunds.filter((row) => row.status === status).map(({ id }) => id);
      expect(await ask(listRefunds, { status })).toEqual({ total: wanted.length, ids: wanted });
      const payment_id: string = (refunds.find((row) => row.status === status) ?? refunds[0]!).payment_id;
      const both = refunds.filter((row) => row.status === status && row.payment_id === payment_id).map(({ id }) => id);
      expect(await ask(listRefunds, { status, payment_id })).toEqual({ total: both.length, ids: both });
    }
    const logs = await sql<Row>(`select * from webhook_logs where status = 'success' and event = 'payment.success'`);
    expect((await ask(listWebhooks, { status: 'success', event: 'payment.success' })).total).toBe(logs.length);
  });

  describe('as CSV', () => {
    const cells = (csv: string) =>
      csv
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));

    test('every payment is a line, with its amount as it is and as it is read', async () => {
      const { status, text, headers } = await knock(exportPayments, { method: 'GET' });
      expect([status, headers['content-type'], headers['x-next-before']]).toEqual([
        200,
        'text/csv; charset=utf-8',
        undefined,
      ]);
      const [names = [], ...lines] = cells(text);
      expect(names.slice(0, 3)).toEqual(['id', 'order_id', 'created_at']);
      const read = lines.map((line) => Object.fromEntries(names.map((name, index) => [name, line[index]])));
      expect(read.map(({ id }) => id)).toEqual(payments.map(({ id }) => id));
      for (const [index, line] of read.entries()) {
        const { amount, status: is, vpa, refund_done, created_at, captured } = payments[index]!;
        expect(line).toMatchObject({
          amount: String(amount),
          amount_formatted: (amount / 100).toFixed(2),
          amount_refunded: String(refund_done),
          status: is,
          vpa: vpa ?? '',
          created_at: created_at.toISOString(),
          captured: String(captured),
        });
      }
    });

    test('has the filters of the list', async () => {
      const query = { status: 'failed', method: 'upi' };
      const { text } = await knock(exportPayments, { method: 'GET', query });
      expect(
        cells(text)
          .slice(1)
          .map(([id]) => id),
      ).toEqual(payments.filter((row) => isWanted(row, query)).map(({ id }) => id));
    });

    test('parts follow each other without a gap, also when payments are made in between, and only the first has a head', async () => {
      const seen: string[] = [];
      let before: string | undefined;
      let parts = 0;
      do {
        const part: { csv: string; nextBefore: string | undefined } = await exportParts(
          testGateway.gateway,
          testMerchant.id,
          { before },
          70,
        );
        const lines = cells(part.csv).map(([id]) => id!);
        seen.push(...lines.slice(before === undefined ? 1 : 0));
        expect(part.csv.startsWith('id,')).toBe(before === undefined);
        before = part.nextBefore;
        parts += 1;
        const { json } = await knock(createOrder, { body: { amount: 500 } });
        await knock(createPayment, { body: { order_id: json.id, method: 'upi', vpa: '-1+1@bank' } });
      } while (before !== undefined);
      expect([parts, seen]).toEqual([9, payments.map(({ id }) => id)]);
    });

    test('a formula is a text', async () => {
      const [{ json: order }] = [await knock(createOrder, { body: { amount: 500 } })];
      await knock(createPayment, { body: { order_id: order.id, method: 'upi', vpa: '-cmd@bank' } });
      const { text } = await knock(exportPayments, { method: 'GET', query: { order_id: order.id } });
      expect(cells(text)[1]).toContain(`'-cmd@bank`);
    });

    test.each([
      ['pay_AAAAAAAAAAAAAAAA', 404],
      ['x', 400],
      ['order_AAAAAAAAAAAAAAAA', 400],
    ])('after %s there is nothing to go on with: %d', async (before, status) => {
      expect((await knock(exportPayments, { method: 'GET', query: { before } })).status).toBe(status);
    });

    test("another merchant's payment is no place to go on from", async () => {
      const [foreign] = await sql<Row>('select id from payments where merchant_id <> $1', [testMerchant.id]);
      expect((await knock(exportPayments, { method: 'GET', query: { before: foreign!.id } })).status).toBe(404);
    });
  });
});
