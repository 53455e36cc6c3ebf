import { beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../ids/new-id.ts';
import { testMerchant } from '../merchants/test-merchant.ts';
import { useTestGateway } from '../testing/test-gateway.ts';

const checkViolation = { code: '23514' };
const foreignKeyViolation = { code: '23503' };

describe('the database refuses to be wrong', () => {
  const { sql } = useTestGateway();
  const ours = testMerchant.id;
  const theirs = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';

  beforeAll(async () => {
    await sql(
      `insert into merchants (id, name, email, api_key, api_secret, webhook_secret)
       values ($1, 'Other', 'other@example.com', 'key_other', '', '')`,
      [theirs],
    );
  });

  /** Inserts a row of the given columns; a value is an SQL literal. */
  async function insert(table: string, row: Record<string, string>): Promise<string> {
    await sql(`insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`);
    return row.id!;
  }
  const quoted = (text: string) => `'${text}'`;

  const order = (change: Record<string, string> = {}) =>
    insert('orders', {
      id: quoted(newId('order')),
      merchant_id: quoted(ours),
      amount: '500',
      currency: `'INR'`,
      ...change,
    });
  const payment = async (change: Record<string, string> = {}) =>
    insert('payments', {
      id: quoted(newId('pay')),
      merchant_id: quoted(ours),
      amount: '500',
      currency: `'INR'`,
      method: `'upi'`,
      vpa: `'a@b'`,
      acquirer_reference: `'sim_APPROVED'`,
      due_at: 'gateway_now()',
      ...change,
      order_id: change.order_id ?? (await order()),
    });
  const success = { status: `'success'`, due_at: 'null', holds_charge: 'true' };
  const refund = async (change: Record<string, string> = {}) =>
    insert('refunds', {
      id: quoted(newId('rfnd')),
      merchant_id: quoted(ours),
      amount: '1',
      due_at: 'gateway_now()',
      ...change,
      payment_id: change.payment_id ?? (await payment(success)),
    });
  const event = (change: Record<string, string> = {}) =>
    insert('events', {
      id: quoted(newId('evt')),
      merchant_id: quoted(ours),
      type: `'webhook.test'`,
      sequence: '0',
      payload: `'{}'`,
      created_at: 'gateway_now()',
      ...change,
    });
  const delivery = async (change: Record<string, string> = {}) =>
    insert('webhook_logs', {
      id: quoted(crypto.randomUUID()),
      merchant_id: quoted(ours),
      event: `'webhook.test'`,
      payload: `'{}'`,
      url: `'http://localhost'`,
      next_retry_at: 'gateway_now()',
      ...change,
      event_id: change.event_id ?? (await event()),
    });

  describe('amounts', () => {
    test.each(['100', '999999999999'])('%s is one', async (amount) => {
      await payment({ amount, order_id: await order({ amount }) });
    });
    test.each([{ amount: '501' }, { currency: `'USD'` }])(
      "of a payment are the order's and no others: %j",
      async (change) => {
        await expect(payment(change)).rejects.toMatchObject(foreignKeyViolation);
      },
    );
    test('of a payment cannot be changed behind its order', async () => {
      const id = await payment(success);
      await expect(sql(`update payments set amount = 100000 where id = ${id}`)).rejects.toMatchObject(
        foreignKeyViolation,
      );
    });
    test.each(['99', '0', '-1', '1000000000000'])('%s is none', async (amount) => {
      await expect(order({ amount })).rejects.toMatchObject({ ...checkViolation, constraint: 'orders_amount_check' });
      await expect(payment({ amount })).rejects.toMatchObject({
        ...checkViolation,
        constraint: 'payments_amount_check',
      });
    });
    test('a refund is of something', async () => {
      await expect(refund({ amount: '0' })).rejects.toMatchObject({
        ...checkViolation,
        constraint: 'refunds_amount_check',
      });
      await refund({ amount: '1' });
    });
  });

  describe('what is refunded', () => {
    test.each([
      [0, 0],
      [0, 500],
      [200, 300],
      [500, 500],
    ])('%d of %d reserved of 500 is possible', async (done, reserved) => {
      await payment({ ...success, refund_done: `${done}`, refund_reserved: `${reserved}` });
    });
    test.each([
      [0, 501],
      [301, 300],
      [-1, 0],
      [-2, -1],
      [501, 501],
    ])('%d of %d reserved of 500 is not', async (done, reserved) => {
      const change = { ...success, refund_done: `${done}`, refund_reserved: `${reserved}` };
      await expect(payment(change)).rejects.toMatchObject(checkViolation);
    });

    test('never passes the amount, however many ask at once', async () => {
      const id = await payment(success);
      const reserve = () => sql(`update payments set refund_reserved = refund_reserved + 60 where id = ${id}`);
      const answers = await Promise.allSettled(Array.from({ length: 12 }, reserve));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
      expect(await sql(`select refund_reserved from payments where id = ${id}`)).toEqual([{ refund_reserved: 480 }]);
    });
  });

  describe('a charge', () => {
    test.each(['success', 'partially_refunded', 'refunded'])('is behind every payment that is %s', async (status) => {
      const change = { ...success, status: quoted(status), holds_charge: 'false' };
      await expect(payment(change)).rejects.toMatchObject(checkViolation);
    });
    test('is not behind a failed payment', async () => {
      const failed = { status: `'failed'`, due_at: 'null', error_code: `'PAYMENT_FAILED'` };
      await payment(failed);
      await expect(payment({ ...failed, holds_charge: 'true' })).rejects.toMatchObject(checkViolation);
    });
    test('is behind what is captured', async () => {
      await payment({ ...success, captured: 'true' });
      await expect(payment({ captured: 'true' })).rejects.toMatchObject(checkViolation);
    });

    test.each([
      ['two that succeeded', success, success],
      ['one that succeeded and one at the acquirer', success, { holds_charge: 'true' }],
      ['two at the acquirer', { holds_charge: 'true' }, { holds_charge: 'true' }],
    ])('is held by one payment of an order: not by %s', async (_what, first, second) => {
      const order_id = await order();
      await payment({ ...first, order_id });
      await expect(payment({ ...second, order_id })).rejects.toMatchObject({
        code: '23505',
        constraint: 'payments_one_charge_per_order',
      });
      await payment({ order_id });
    });

    test('goes to one of many that reach for it at once', async () => {
      const order_id = await order();
      const ids = await Promise.all(Array.from({ length: 8 }, () => payment({ order_id })));
      const succeed = (id: string) =>
        sql(`update payments set status = 'success', holds_charge = true, due_at = null where id = ${id}`);
      const answers = await Promise.allSettled(ids.map(succeed));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });

  describe('a row says what it must', () => {
    test.each([
      ['a UPI payment without VPA', () => payment({ vpa: 'null' })],
      ['a card payment with VPA', () => payment({ method: `'card'`, card_network: `'visa'`, card_last4: `'1111'` })],
      ['a card payment without digits', () => payment({ method: `'card'`, vpa: 'null', card_network: `'visa'` })],
      [
        'a whole card number',
        () => payment({ method: `'card'`, vpa: 'null', card_network: `'visa'`, card_last4: `'4111111111111111'` }),
      ],
      ['an unknown method', () => payment({ method: `'cash'` })],
      ['a failure without code', () => payment({ status: `'failed'`, due_at: 'null' })],
      ['a pending payment that is never due', () => payment({ due_at: 'null' })],
      ['a settled payment that is due', () => payment({ ...success, due_at: 'gateway_now()' })],
      ['a processed refund without its time', () => refund({ status: `'processed'`, due_at: 'null' })],
      ['a pending refund that is never due', () => refund({ due_at: 'null' })],
      ['a pending delivery that is never due', () => delivery({ next_retry_at: 'null' })],
      ['an ended delivery that is due', () => delivery({ status: `'success'` })],
      ['a story of no payment', () => event({ sequence: '1' })],
      ['an order id of another form', () => order({ id: `'order_1'` })],
      ['a payment id of another form', () => payment({ id: `'pay_NXhj67fGH2jk9mP-'` })],
      ['a currency in small letters', () => order({ currency: `'inr'` })],
      ['a clock that goes back', () => sql('update gateway_clock set offset_ms = -1')],
      ['a second clock', () => sql('insert into gateway_clock values (false)')],
    ])('not %s', async (_what, write) => {
      await expect(write()).rejects.toMatchObject(checkViolation);
    });
  });

  describe('across merchants', () => {
    test.each([
      ['a payment of an order', async () => payment({ order_id: await order({ merchant_id: quoted(theirs) }) })],
      [
        'a refund of a payment',
        async () => refund({ payment_id: await payment(success), merchant_id: quoted(theirs) }),
      ],
      [
        'an event of a payment',
        async () => event({ payment_id: await payment(), sequence: '1', merchant_id: quoted(theirs) }),
      ],
      [
        'an event of a refund',
        async () => {
          const payment_id = await payment(success);
          const refund_id = await refund({ payment_id });
          return event({ refund_id, merchant_id: quoted(theirs) });
        },
      ],
      ['a delivery of an event', async () => delivery({ event_id: await event({ merchant_id: quoted(theirs) }) })],
    ])('no link: not %s', async (_what, write) => {
      await expect(write()).rejects.toMatchObject(foreignKeyViolation);
    });
  });

  describe('the story', () => {
    test('has one event at each place', async () => {
      const payment_id = await payment();
      await event({ payment_id, sequence: '1' });
      await event({ payment_id, sequence: '2' });
      await expect(event({ payment_id, sequence: '2' })).rejects.toMatchObject({ constraint: 'events_story' });
    });

    test.each([
      ['changed', `update events set payload = '[]'`],
      ['changed in part', `update events set created_at = gateway_now() where sequence = 1`],
      ['shortened', 'delete from events'],
      ['emptied', 'truncate events cascade'],
      ['shortened of nothing', `delete from events where id = 'none'`],
    ])('is never %s', async (_what, statement) => {
      await event();
      await expect(sql(statement)).rejects.toMatchObject({
        constraint: 'append_only',
        message: 'events is append-only',
      });
    });
  });
});
