import { describe, expect, test } from '@jest/globals';
import { newId } from '../ids/new-id.ts';
import { testMerchant } from '../merchants/test-merchant.ts';
import { useTestGateway } from '../testing/test-gateway.ts';

/** Every status, and where it may go. What has no way out is an end. */
const edges: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  orders: { created: ['paid'], paid: [] },
  payments: {
    pending: ['success', 'failed'],
    success: ['partially_refunded', 'refunded'],
    partially_refunded: ['refunded'],
    refunded: [],
    failed: [],
  },
  refunds: { pending: ['processed', 'failed'], processed: [], failed: [] },
  webhook_logs: { pending: ['success', 'failed'], success: ['pending'], failed: ['pending'] },
};

const pairs = Object.entries(edges).flatMap(([table, statuses]) =>
  Object.entries(statuses).flatMap(([from, ways]) =>
    Object.keys(statuses)
      .filter((to) => to !== from)
      .map((to) => ({ table, from, to, legal: ways.includes(to) })),
  ),
);

describe('the database knows the life of everything', () => {
  const { sql } = useTestGateway();
  const merchant = testMerchant.id;

  const add: Record<string, (status: string) => Promise<string>> = {
    orders: async (status) => {
      const id = newId('order');
      await sql('insert into orders (id, merchant_id, amount, currency, status) values ($1, $2, 500, $3, $4)', [
        id,
        merchant,
        'INR',
        status,
      ]);
      return id;
    },
    payments: async (status) => {
      const id = newId('pay');
      await sql(
        `insert into payments (id, order_id, merchant_id, amount, currency, method, vpa, acquirer_reference, status,
                               holds_charge, error_code, due_at)
         values ($1, $2, $3, 500, 'INR', 'upi', 'a@b', 'sim_APPROVED', $4::text,
                 $4 in ('success', 'partially_refunded', 'refunded'),
                 case when $4 = 'failed' then 'PAYMENT_FAILED' end, case when $4 = 'pending' then gateway_now() end)`,
        [id, await add.orders!('created'), merchant, status],
      );
      return id;
    },
    refunds: async (status) => {
      const id = newId('rfnd');
      await sql(
        `insert into refunds (id, payment_id, merchant_id, amount, status, due_at, processed_at, error_code)
         values ($1, $2, $3, 1, $4::text, case when $4 = 'pending' then gateway_now() end,
                 case when $4 = 'processed' then gateway_now() end, case when $4 = 'failed' then 'REFUND_FAILED' end)`,
        [id, await add.payments!('success'), merchant, status],
      );
      return id;
    },
    webhook_logs: async (status) => {
      const [id, event] = [crypto.randomUUID(), newId('evt')];
      await sql(
        `insert into events (id, merchant_id, type, sequence, payload, created_at)
         values ($1, $2, 'webhook.test', 0, '{}', gateway_now())`,
        [event, merchant],
      );
      await sql(
        `insert into webhook_logs (id, merchant_id, event_id, event, payload, url, status, next_retry_at)
         values ($1, $2, $3, 'webhook.test', '{}', 'http://localhost', $4::text, case when $4 = 'pending' then gateway_now() end)`,
        [id, merchant, event, status],
      );
      return id;
    },
  };

  // What else a status needs, so that nothing but the step itself can be at fault.
  const beside: Record<string, string> = {
    orders: '',
    payments: `, holds_charge = $2 in ('success', 'partially_refunded', 'refunded'),
      due_at = case when $2 = 'pending' then gateway_now() end,
      error_code = case when $2 = 'failed' then 'PAYMENT_FAILED' end`,
    refunds: `, due_at = case when $2 = 'pending' then gateway_now() end,
      processed_at = case when $2 = 'processed' then gateway_now() end,
      error_code = case when $2 = 'failed' then 'REFUND_FAILED' end`,
    webhook_logs: `, next_retry_at = case when $2 = 'pending' then gateway_now() end`,
  };
  const move = (table: string, id: string, to: string) =>
    sql(`update ${table} set status = $2::text ${beside[table]!} where id = $1`, [id, to]);
  const statusOf = async (table: string, id: string) =>
    (await sql<{ status: string }>(`select status from ${table} where id = $1`, [id]))[0]!.status;

  test.each(pairs.filter(({ legal }) => legal))('$table: $from -> $to', async ({ table, from, to }) => {
    const id = await add[table]!(from);
    await move(table, id, to);
    expect(await statusOf(table, id)).toBe(to);
  });

  test.each(pairs.filter(({ legal }) => !legal))('$table: $from -> $to is refused', async ({ table, from, to }) => {
    const id = await add[table]!(from);
    await expect(move(table, id, to)).rejects.toMatchObject({
      code: '23514',
      constraint: 'legal_status',
      message: `illegal status change, ${table}: ${from} -> ${to}`,
    });
    expect(await statusOf(table, id)).toBe(from);
  });

  test.each(
    Object.entries(edges).flatMap(([table, statuses]) => Object.keys(statuses).map((status) => [table, status])),
  )('%s: %s may be written again as it is', async (table, status) => {
    const id = await add[table]!(status);
    await move(table, id, status);
    expect(await statusOf(table, id)).toBe(status);
  });

  test.each(Object.keys(edges))('%s has no other status', async (table) => {
    await expect(add[table]!('lost')).rejects.toMatchObject({ code: '23514', constraint: `${table}_status_check` });
    const rows = await sql<{ text: string }>(
      'select pg_get_constraintdef(oid) as text from pg_constraint where conname = $1',
      [`${table}_status_check`],
    );
    expect([...rows[0]!.text.matchAll(/'(\w+)'/g)].map(([, status]) => status).sort()).toEqual(
      Object.keys(edges[table]!).sort(),
    );
  });
});
