import { describe, expect, test } from '@jest/globals';
import { openGateway } from '../../shared/gateway/gateway.ts';
import { settlePayment } from '../../shared/payments/settle-payment.ts';
import { ring } from '../../shared/testing/ring.ts';
import { anOrder, aPayment } from '../../shared/testing/shop.ts';
import { knock } from '../../shared/testing/knock.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as createPayment } from '../http/payments/create.ts';
import { handler as settle } from '../jobs/settle-payment.ts';

describe('settling a payment', () => {
  const { env, sql, advanceClock } = useTestGateway({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8' });

  /** Everything that one payment's settlement could have changed. */
  const traces = async (id: string) => {
    const [row] = await sql(
      `select p.status, p.error_code, p.updated_at, p.holds_charge, o.status as order_status,
              (select count(*) from events e where e.payment_id = p.id) as events,
              (select count(*) from webhook_logs w join events e on e.id = w.event_id where e.payment_id = p.id) as deliveries,
              (select count(*) from simulated_charges c where c.payment_id = p.id) as charges
       from payments p join orders o on o.id = p.order_id where p.id = $1`,
      [id],
    );
    return row;
  };

  test('a second run changes nothing', async () => {
    const id = await aPayment();
    expect(await ring(settle, 'settle-payment', id)).toEqual([]);
    const once = await traces(id);
    expect(once).toMatchObject({ status: 'success', order_status: 'paid', events: 3, charges: 1 });
    expect(await ring(settle, 'settle-payment', id)).toEqual([]);
    expect(await traces(id)).toEqual(once);
  });

  test('twenty runs at once, in one batch and in several hosts, settle once', async () => {
    const id = await aPayment();
    const others = [openGateway(env), openGateway(env)];
    await Promise.all([
      ring(settle, 'settle-payment', ...Array<string>(10).fill(id)),
      ...others.flatMap((host) => Array.from({ length: 5 }, () => settlePayment(host, id))),
    ]);
    await Promise.all(others.map((host) => host.close()));
    expect(await traces(id)).toMatchObject({ status: 'success', events: 3, charges: 1 });
  });

  test('a payment that is not due is left alone', async () => {
    const id = await aPayment({ vpa: 'timeout@test' });
    await ring(settle, 'settle-payment', id);
    expect(await traces(id)).toMatchObject({ status: 'pending', events: 2, charges: 0 });
    await advanceClock(5 * 60_000);
    await ring(settle, 'settle-payment', id);
    expect(await traces(id)).toMatchObject({ status: 'failed', error_code: 'PAYMENT_TIMEOUT', events: 3 });
  });

  test('a worker that was overtaken after its lease writes nothing', async () => {
    const id = await aPayment();
    const slow = openGateway(env);
    const claimed = await slow.settlements.claim(id);
    expect(claimed).toMatchObject({ id, claims: 1 });
    expect(await slow.settlements.claim(id)).toBeUndefined();

    await advanceClock(10_001);
    await ring(settle, 'settle-payment', id);
    const settled = await traces(id);
    expect(settled).toMatchObject({ status: 'success', events: 3 });

    const late = { status: 'failed', error_code: 'PROCESSING_ERROR', error_description: 'late' } as const;
    expect(await slow.settlements.record(claimed!, late)).toBeUndefined();
    await slow.close();
    expect(await traces(id)).toEqual(settled);
  });

  test('a stale claim and the living one, recorded in one statement: the living one counts', async () => {
    const id = await aPayment();
    const host = openGateway(env);
    const stale = await host.settlements.claim(id);
    await advanceClock(10_001);
    const living = await host.settlements.claim(id);
    const failed = { status: 'failed', error_code: 'PROCESSING_ERROR', error_description: 'stale' } as const;
    const recorded = await Promise.all([
      host.settlements.record(stale!, failed),
      host.settlements.record(living!, { status: 'success' }),
    ]);
    await host.close();
    expect(recorded).toEqual([undefined, { deliveryId: null, waitingIds: [] }]);
    expect(await traces(id)).toMatchObject({ status: 'success', error_code: null, events: 3 });
  });

  test('an acquirer that does not answer leaves the payment for a later try, which charges once', async () => {
    const id = await aPayment();
    const host = openGateway(env);
    const deaf = {
      ...host,
      acquirer: { ...host.acquirer, charge: () => Promise.reject(new Error('no route to bank')) },
    };
    await expect(settlePayment(deaf, id)).rejects.toThrow('no route to bank');
    expect(await traces(id)).toMatchObject({ status: 'pending', holds_charge: true, charges: 0 });
    await advanceClock(10_001);
    await settlePayment(host, id);
    await host.close();
    expect(await traces(id)).toMatchObject({ status: 'success', events: 3, charges: 1 });
  });

  test('a message that is not ours fails alone, and its neighbours settle', async () => {
    const id = await aPayment();
    const Records = [
      { messageId: 'a', body: 'not json' },
      { messageId: 'b', body: JSON.stringify({ v: 2, type: 'settle-payment', ids: [id] }) },
      { messageId: 'c', body: JSON.stringify({ v: 1, type: 'deliver-webhook', ids: [id] }) },
      { messageId: 'd', body: JSON.stringify({ v: 1, type: 'settle-payment', ids: ['pay_nobody0000000000', id] }) },
      { messageId: 'e', body: JSON.stringify({ v: 1, type: 'settle-payment', ids: ['pay_nobody0000000000'] }) },
    ];
    const { batchItemFailures } = await settle({ Records } as never, {} as never);
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['a', 'b', 'c']);
    expect(await traces(id)).toMatchObject({ status: 'success' });
  });
});

describe('an order under many attempts', () => {
  const { sql, advanceClock } = useTestGateway();

  test('thirty at once: one succeeds, the others charge nobody', async () => {
    const orderId = await anOrder();
    const ids = await Promise.all(Array.from({ length: 30 }, () => aPayment({ orderId })));
    // Those that find a rival at the acquirer are rung for again by its end, or by the sweeper; here, by hand.
    for (let round = 0; round < 3; round++) {
      await Promise.all(ids.map((id) => ring(settle, 'settle-payment', id)));
    }
    const outcomes = await sql(
      'select status, error_code, count(*) as n from payments where order_id = $1 group by 1, 2 order by 1',
      [orderId],
    );
    expect(outcomes).toEqual([
      { status: 'failed', error_code: 'ORDER_ALREADY_PAID', n: 29 },
      { status: 'success', error_code: null, n: 1 },
    ]);
    const charges = await sql(
      'select outcome from simulated_charges c join payments p on p.id = c.payment_id where order_id = $1',
      [orderId],
    );
    expect(charges).toEqual([{ outcome: 'APPROVED' }]);
  });

  test('the end of an attempt rings no more bells than there are attempts', async () => {
    const orderId = await anOrder();
    const ids = await Promise.all(Array.from({ length: 40 }, () => aPayment({ orderId })));
    const host = openGateway(process.env);
    const bells: string[] = [];
    const doorbell = {
      ...host.doorbell,
      ring: async (rung: readonly { id: string }[]) => void bells.push(...rung.map(({ id }) => id)),
    };
    for (const id of ids) await settlePayment({ ...host, doorbell }, id);
    await host.close();
    expect(bells).toHaveLength(39);
    expect(new Set(bells).size).toBe(39);
  });

  test('a refused attempt leaves the order to the next', async () => {
    const orderId = await anOrder();
    const [first, second] = [await aPayment({ orderId, vpa: 'failure@test' }), await aPayment({ orderId })];
    await ring(settle, 'settle-payment', first);
    await ring(settle, 'settle-payment', second);
    const rows = await sql('select id, status from payments where order_id = $1', [orderId]);
    expect(rows).toEqual(
      expect.arrayContaining([
        { id: first, status: 'failed' },
        { id: second, status: 'success' },
      ]),
    );
  });

  test('while an attempt of unknown outcome holds the charge, no other is charged', async () => {
    const orderId = await anOrder();
    const [lost, other] = [await aPayment({ orderId }), await aPayment({ orderId })];
    const host = openGateway(process.env);
    expect(await host.settlements.claim(lost)).toMatchObject({ id: lost });
    await host.close();
    await advanceClock(10_001);
    await ring(settle, 'settle-payment', other);
    expect(await sql('select status, claims from payments where id = $1', [other])).toEqual([
      { status: 'pending', claims: 0 },
    ]);
    await ring(settle, 'settle-payment', lost, other);
    await ring(settle, 'settle-payment', other);
    expect(await sql('select status from payments where id in ($1, $2) order by status', [lost, other])).toEqual([
      { status: 'failed' },
      { status: 'success' },
    ]);
  });

  test('a paid order takes no further payment', async () => {
    const orderId = await anOrder();
    await ring(settle, 'settle-payment', await aPayment({ orderId }));
    const { status, json } = await knock(createPayment, {
      body: { order_id: orderId, method: 'upi', vpa: 'not a vpa' },
    });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ code: 'BAD_REQUEST_ERROR', description: 'Order is already paid' });
  });
});
