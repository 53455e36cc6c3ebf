import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Bell } from '../queue/doorbell.ts';
import { anOrder, aPaidPayment, aPayment, aRefund } from '../testing/shop.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { sweep } from './sweep.ts';

describe('the sweeper', () => {
  const tested = useTestGateway();
  const { sql } = tested;

  beforeEach(async () => {
    await sql(
      `update payments set lease_until = null, due_at = gateway_now() + interval '1 day' where status = 'pending'`,
    );
    await sql(`update refunds set due_at = gateway_now() + interval '1 day' where status = 'pending'`);
    await sql(`delete from webhook_logs`);
  });

  const sweepOnce = async (options: Partial<Parameters<typeof sweep>[1]> = {}): Promise<Bell[]> => {
    const bells: Bell[] = [];
    const doorbell = {
      ...tested.gateway.doorbell,
      ringOnce: async (rung: readonly Bell[]) => void bells.push(...rung),
    };
    const rung = await sweep({ database: tested.database, doorbell }, { horizonMs: 0, perMerchant: 64, ...options });
    expect(rung).toBe(bells.length);
    return bells;
  };
  const dueIn = (id: string, ms: number) =>
    sql(`update payments set due_at = gateway_now() + $2 * interval '1 millisecond' where id = $1`, [id, ms]);

  test('rings for what is overdue, and not for what has just rung, is not due, is held or has ended', async () => {
    const [overdue, fresh, later, held] = [await aPayment(), await aPayment(), await aPayment(), await aPayment()];
    await dueIn(overdue, -1_500);
    await dueIn(fresh, -200);
    await dueIn(later, 60_000);
    await dueIn(held, -1_500);
    await sql(`update payments set lease_until = gateway_now() + interval '5 s' where id = $1`, [held]);
    expect(await sweepOnce()).toEqual([{ id: overdue, type: 'settle-payment', delayMs: 0 }]);
    await sql(`update payments set lease_until = gateway_now() - interval '1 ms' where id = $1`, [held]);
    expect((await sweepOnce()).map(({ id }) => id).sort()).toEqual([overdue, held].sort());
  });

  test('does not ring for an attempt whose order another attempt holds', async () => {
    const orderId = await anOrder();
    const [holder, waiter] = [await aPayment({ orderId }), await aPayment({ orderId })];
    await dueIn(holder, -2_000);
    await dueIn(waiter, -3_000);
    await sql('update payments set holds_charge = true where id = $1', [holder]);
    expect((await sweepOnce()).map(({ id }) => id)).toEqual([holder]);
  });

  test('looks ahead as far as its horizon, and rings with the delay that is left', async () => {
    const [soon, later] = [await aPayment(), await aPayment()];
    await dueIn(soon, 40_000);
    await dueIn(later, 80_000);
    const [bell, ...others] = await sweepOnce({ horizonMs: 60_000 });
    expect(others).toEqual([]);
    expect(bell).toMatchObject({ id: soon, type: 'settle-payment' });
    expect(bell?.delayMs).toBeGreaterThan(39_000);
    expect(bell?.delayMs).toBeLessThanOrEqual(40_000);
  });

  test('rings for refunds as it does for payments', async () => {
    const paymentId = await aPaidPayment({ amount: 1_000 });
    const [overdue, later, held, ended] = [
      await aRefund(paymentId, 1),
      await aRefund(paymentId, 2),
      await aRefund(paymentId, 3),
      await aRefund(paymentId, 4),
    ];
    await sql(`update refunds set due_at = gateway_now() - interval '1500 ms' where id <> $1`, [later]);
    await sql(`update refunds set lease_until = gateway_now() + interval '5 s' where id = $1`, [held]);
    await sql(`update refunds set status = 'processed', processed_at = gateway_now(), due_at = null where id = $1`, [
      ended,
    ]);
    expect(await sweepOnce()).toEqual([{ id: overdue, type: 'settle-refund', delayMs: 0 }]);
    const [first, second] = await sweepOnce({ horizonMs: 60_000 });
    expect([first, second]).toMatchObject([{ id: overdue }, { id: later, type: 'settle-refund' }]);
    expect(second?.delayMs).toBeGreaterThan(1_000);
  });

  test('takes merchants in turn, so that the backlogs of some do not hide the others', async () => {
    const merchants = [
      '00000000-0000-4000-8000-000000000001',
      '00000000-0000-4000-8000-000000000002',
      'ffffffff-ffff-4fff-bfff-ffffffffffff',
    ];
    for (const [index, id] of merchants.entries()) {
      await sql(
        `insert into merchants (id, name, email, api_key, api_secret, webhook_secret) values ($1, 'm', $2, $2, '', '')`,
        [id, `m${index}@example.com`],
      );
      await sql(
        `insert into events (id, merchant_id, type, sequence, payload, created_at)
         values ('evt_' || lpad($2::text, 16, '0'), $1, 'webhook.test', 0, '{}', gateway_now())`,
        [id, index],
      );
      await sql(
        `insert into webhook_logs (id, merchant_id, event_id, event, payload, url, next_retry_at)
         select gen_random_uuid(), $1, 'evt_' || lpad($2::text, 16, '0'), 'webhook.test', '{}', 'http://x',
                gateway_now() - interval '1 hour' from generate_series(1, 5)`,
        [id, index],
      );
    }
    const bells = await sweepOnce({ maxRows: 6 });
    const counted = await sql(
      `select merchant_id, count(*) as n from webhook_logs where id = any ($1) group by 1 order by 1`,
      [bells.map(({ id }) => id)],
    );
    expect(counted).toEqual(merchants.map((merchant_id) => ({ merchant_id, n: 2 })));
    expect(await sweepOnce({ perMerchant: 1 })).toHaveLength(3);
  });
});
