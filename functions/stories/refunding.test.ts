import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventBodies } from '../../shared/contracts/events.ts';
import type { EventType } from '../../shared/contracts/webhooks.ts';
import { openGateway } from '../../shared/gateway/gateway.ts';
import { settleRefund as settleRefundOn } from '../../shared/refunds/settle-refund.ts';
import { knock } from '../../shared/testing/knock.ts';
import { ring } from '../../shared/testing/ring.ts';
import { aPaidPayment, aPayment, aRefund } from '../../shared/testing/shop.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as updateMe } from '../http/merchants/update-me.ts';
import { handler as getPayment } from '../http/payments/get.ts';
import { handler as createRefund } from '../http/refunds/create.ts';
import { handler as getRefund } from '../http/refunds/get.ts';
import { handler as listRefundsOfPayment } from '../http/refunds/list-of-payment.ts';
import { handler as listRefunds } from '../http/refunds/list.ts';
import { handler as settlePayment } from '../jobs/settle-payment.ts';
import { handler as settleRefund } from '../jobs/settle-refund.ts';

describe('refunding a payment', () => {
  const { env, sql, advanceClock } = useTestGateway({ REFUND_PROCESSING_DELAY: '0' });
  beforeAll(() => knock(updateMe, { method: 'PUT', body: { webhook_url: 'http://127.0.0.1:9/webhook' } }));

  const refund = (id: string, body: unknown) => knock(createRefund, { params: { id }, body });
  const payment = async (id: string) => (await knock(getPayment, { params: { id } })).json;
  const read = async (id: string) => (await knock(getRefund, { params: { id } })).json;
  const settle = (...ids: string[]) => ring(settleRefund, 'settle-refund', ...ids);
  /** Everything that one refund's settlement could have changed. */
  const traces = async (paymentId: string) => {
    const [row] = await sql(
      `select p.status, p.refund_reserved, p.refund_done, p.event_count, p.updated_at,
              (select json_agg(r order by r.id) from refunds r where r.payment_id = p.id) as refunds,
              (select count(*) from events e where e.payment_id = p.id) as events,
              (select count(*) from webhook_logs w join events e on e.id = w.event_id where e.payment_id = p.id) as deliveries,
              (select count(*) from simulated_refunds s where s.payment_id = p.id) as given_back
       from payments p where p.id = $1`,
      [paymentId],
    );
    return row as Record<string, unknown>;
  };

  test('in part and then the rest: partially refunded, then refunded', async () => {
    const id = await aPaidPayment({ amount: 1_000 });
    const { status, json: first } = await refund(id, { amount: 300, reason: 'Item returned' });
    expect(status).toBe(201);
    expect(first).toEqual({
      id: expect.stringMatching(/^rfnd_[A-Za-z0-9]{16}$/),
      payment_id: id,
      amount: 300,
      reason: 'Item returned',
      status: 'pending',
      created_at: expect.stringMatching(/Z$/),
    });
    // Promised, not given: the payment says nothing of it yet.
    expect(await payment(id)).toMatchObject({ status: 'success', amount_refunded: 0 });

    expect(await settle(first.id)).toEqual([]);
    expect(await read(first.id)).toEqual({ ...first, status: 'processed', processed_at: expect.stringMatching(/Z$/) });
    expect(await payment(id)).toMatchObject({ status: 'partially_refunded', amount_refunded: 300 });

    const { json: second } = await refund(id, { amount: 700 });
    expect(second.reason).toBeNull();
    await settle(second.id);
    expect(await payment(id)).toMatchObject({ status: 'refunded', amount_refunded: 1_000 });
    expect((await refund(id, { amount: 1 })).json.error).toMatchObject({
      description: 'Payment not in refundable state',
    });
  });

  test('tells its story to the merchant, in order, in the shapes of the reference', async () => {
    const id = await aPaidPayment({ amount: 1_000 });
    await settle(await aRefund(id, 400));
    await settle(await aRefund(id, 600));
    const told = await sql<{ type: EventType; sequence: number; payload: string; delivery: string }>(
      `select e.type, e.sequence, e.payload, w.payload as delivery
       from events e join webhook_logs w on w.event_id = e.id where e.payment_id = $1 order by e.sequence`,
      [id],
    );
    const bodies = told.map(({ payload }) => JSON.parse(payload));
    expect(
      bodies.map(({ event, data }) => [event, data.refund?.status, data.refund?.amount, data.payment.status]),
    ).toEqual([
      ['payment.created', undefined, undefined, 'pending'],
      ['payment.pending', undefined, undefined, 'pending'],
      ['payment.success', undefined, undefined, 'success'],
      ['refund.created', 'pending', 400, 'success'],
      ['refund.processed', 'processed', 400, 'partially_refunded'],
      ['refund.created', 'pending', 600, 'partially_refunded'],
      ['refund.processed', 'processed', 600, 'refunded'],
    ]);
    for (const { type, payload, delivery, sequence } of told) {
      const body = JSON.parse(payload);
      expect(eventBodies[type].parse(body)).toEqual(body);
      expect(JSON.stringify(body)).toBe(payload);
      expect(delivery).toBe(payload);
      expect(bodies[sequence - 1]).toEqual(body);
    }
    expect(bodies[3].data.refund.processed_at).toBeNull();
    expect(bodies[4].data.refund.processed_at).toMatch(/Z$/);
  });

  test('that the bank turns down gives the reserved amount back', async () => {
    const id = await aPaidPayment({ amount: 1_000, vpa: 'refundfail@test' });
    const refundId = await aRefund(id, 1_000);
    expect((await refund(id, { amount: 1 })).json.error.description).toBe('Refund amount exceeds available amount');
    await settle(refundId);
    const failed = await read(refundId);
    expect(failed).toMatchObject({ status: 'failed', error_code: 'REFUND_FAILED' });
    expect(failed).not.toHaveProperty('processed_at');
    expect(await payment(id)).toMatchObject({ status: 'success', amount_refunded: 0 });
    const [event] = await sql<{ payload: string }>(
      `select payload from events where type = 'refund.failed' and refund_id = $1`,
      [refundId],
    );
    const body = JSON.parse(event!.payload);
    expect(eventBodies['refund.failed'].parse(body)).toEqual(body);
    expect(body.data).toMatchObject({ refund: { error_code: 'REFUND_FAILED' }, payment: { status: 'success' } });
    // All of it is available again.
    expect((await refund(id, { amount: 1_000 })).status).toBe(201);
  });

  test.each([
    ['more than the payment', 1_001, 'Refund amount exceeds available amount'],
    ['far more than the payment', Number.MAX_SAFE_INTEGER, 'Refund amount exceeds available amount'],
    ['nothing', 0, 'amount must be at least 1'],
    ['less than nothing', -1, 'amount must be at least 1'],
    ['a fraction', 1.5, /amount must be/],
    ['a text', '300', /amount must be/],
    ['null', null, /amount must be/],
    ['what no integer can hold', 1e20, /amount must be/],
    ['no amount', undefined, /amount/],
  ])('%s is refused and changes nothing', async (_, amount, description) => {
    const id = await aPaidPayment({ amount: 1_000 });
    const before = await traces(id);
    const { status, json } = await refund(id, { amount });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ code: 'BAD_REQUEST_ERROR', field: 'amount' });
    expect(json.error.description).toEqual(
      typeof description === 'string' ? description : expect.stringMatching(description),
    );
    expect(await traces(id)).toEqual(before);
  });

  test('what is pending counts as gone', async () => {
    const id = await aPaidPayment({ amount: 1_000 });
    await aRefund(id, 600);
    expect((await refund(id, { amount: 401 })).json.error.description).toBe('Refund amount exceeds available amount');
    expect((await refund(id, { amount: 400 })).status).toBe(201);
  });

  test.each([
    ['pending', 'asha@okbank', false],
    ['failed', 'failure@test', true],
  ])('a payment that is %s is refused', async (_, vpa, settled) => {
    const id = await aPayment({ vpa });
    if (settled) await ring(settlePayment, 'settle-payment', id);
    const { status, json } = await refund(id, { amount: 100 });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ code: 'BAD_REQUEST_ERROR', description: 'Payment not in refundable state' });
  });

  test('the order of checks: shape, payment, state, amount', async () => {
    const nobody = 'pay_0000000000000000';
    expect((await refund(nobody, { amount: 0 })).status).toBe(400);
    expect((await refund(nobody, { amount: 1 })).json.error).toMatchObject({
      code: 'NOT_FOUND_ERROR',
      description: 'Payment not found',
    });
    expect((await refund(await aPayment(), { amount: 1e9 })).json.error.description).toBe(
      'Payment not in refundable state',
    );
  });

  describe('settles once', () => {
    test('a second run changes nothing, and neither do twenty at once on three hosts', async () => {
      const id = await aPaidPayment({ amount: 1_000 });
      const refundId = await aRefund(id, 300);
      const others = [openGateway(env), openGateway(env)];
      await Promise.all([
        settle(...Array<string>(10).fill(refundId)),
        ...others.flatMap((host) => Array.from({ length: 5 }, () => settleRefundOn(host, refundId))),
      ]);
      await Promise.all(others.map((host) => host.close()));
      const once = await traces(id);
      expect(once).toMatchObject({
        status: 'partially_refunded',
        refund_done: 300,
        refund_reserved: 300,
        events: 5,
        given_back: 1,
      });
      expect(await settle(refundId)).toEqual([]);
      expect(await traces(id)).toEqual(once);
    });

    test('a worker that was overtaken after its lease writes nothing', async () => {
      const id = await aPaidPayment({ amount: 1_000 });
      const refundId = await aRefund(id, 300);
      const slow = openGateway(env);
      const claimed = await slow.refundings.claim(refundId);
      expect(claimed).toMatchObject({ id: refundId, claims: 1, amount: 300 });
      expect(await slow.refundings.claim(refundId)).toBeUndefined();
      await advanceClock(10_001);
      await settle(refundId);
      const settled = await traces(id);
      const late = { status: 'failed', error_code: 'REFUND_FAILED', error_description: 'late' } as const;
      expect(await slow.refundings.record(claimed!, late)).toBeUndefined();
      await slow.close();
      expect(await traces(id)).toEqual(settled);
    });

    test('an acquirer that does not answer leaves it for a later try, which gives back once', async () => {
      const id = await aPaidPayment({ amount: 1_000 });
      const refundId = await aRefund(id, 300);
      const host = openGateway(env);
      // The worst of silences: the money went back, and nobody heard the answer.
      const deaf = {
        ...host.acquirer,
        refund: async (asked: Parameters<typeof host.acquirer.refund>[0]) => {
          await host.acquirer.refund(asked);
          throw new Error('no route to bank');
        },
      };
      await expect(settleRefundOn({ ...host, acquirer: deaf }, refundId)).rejects.toThrow('no route to bank');
      expect(await traces(id)).toMatchObject({
        status: 'success',
        refund_done: 0,
        refund_reserved: 300,
        given_back: 1,
      });
      await advanceClock(10_001);
      await settleRefundOn(host, refundId);
      await host.close();
      expect(await traces(id)).toMatchObject({
        status: 'partially_refunded',
        refund_done: 300,
        events: 5,
        given_back: 1,
      });
    });

    test('two refunds of one payment at once: both count', async () => {
      const id = await aPaidPayment({ amount: 1_000 });
      const ids = await Promise.all([aRefund(id, 300), aRefund(id, 700)]);
      await settle(...ids);
      expect(await traces(id)).toMatchObject({
        status: 'refunded',
        refund_done: 1_000,
        event_count: 7,
        events: 7,
        given_back: 2,
      });
    });

    test('a refund that is not due waits', async () => {
      const host = openGateway({ ...env, REFUND_PROCESSING_DELAY: '4000' });
      const id = await aPaidPayment({ amount: 1_000 });
      const { createRefund: create } = await import('../../shared/refunds/create-refund.ts');
      const merchantId = '550e8400-e29b-41d4-a716-446655440000';
      const { id: refundId } = await create(host, { merchantId, paymentId: id }, { amount: 300, reason: null });
      await host.close();
      await settle(refundId);
      expect(await read(refundId)).toMatchObject({ status: 'pending' });
      await advanceClock(4_000);
      await settle(refundId);
      expect(await read(refundId)).toMatchObject({ status: 'processed' });
    });
  });

  test('no event and no change is dated before the one it came after, however many wait for each other', async () => {
    const id = await aPaidPayment({ amount: 1_000 });
    await Promise.all(Array.from({ length: 30 }, () => refund(id, { amount: 10 })));
    const rows = await sql<{ backwards: boolean }>(
      `select created_at < lag(created_at) over (order by sequence) as backwards from events where payment_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(33);
    expect(rows.filter(({ backwards }) => backwards)).toEqual([]);
    const [latest] = await sql(
      `select p.updated_at = max(e.created_at) as is_latest from payments p join events e on e.payment_id = p.id
       where p.id = $1 group by p.id`,
      [id],
    );
    expect(latest).toEqual({ is_latest: true });
  });

  describe('is listed', () => {
    test('under all its paths, newest first, by status and by payment', async () => {
      const [id, other] = [await aPaidPayment({ amount: 1_000 }), await aPaidPayment({ amount: 1_000 })];
      const [first, second, third] = [await aRefund(id, 1), await aRefund(other, 2), await aRefund(id, 3)];
      await settle(first);
      const idsOf = ({ json }: { json: any }) => json.data.map((one: { id: string }) => one.id);
      expect(idsOf(await knock(listRefundsOfPayment, { params: { id } }))).toEqual([third, first]);
      expect(idsOf(await knock(listRefundsOfPayment, { params: { id }, query: { status: 'processed' } }))).toEqual([
        first,
      ]);
      expect(idsOf(await knock(listRefunds, { query: { limit: '3' } }))).toEqual([third, second, first]);
      expect(idsOf(await knock(listRefunds, { query: { payment_id: other } }))).toEqual([second]);
      const page = await knock(listRefunds, { query: { payment_id: id, limit: '1', offset: '1' } });
      expect(page.json).toMatchObject({ total: 2, limit: 1, offset: 1, data: [{ id: first, status: 'processed' }] });
    });

    test('but not for a payment that is not there', async () => {
      const { status, json } = await knock(listRefundsOfPayment, { params: { id: 'pay_0000000000000000' } });
      expect(status).toBe(404);
      expect(json.error.description).toBe('Payment not found');
    });
  });
});
