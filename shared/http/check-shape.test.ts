import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { updateMerchantBody } from '../contracts/merchants.ts';
import { createOrderBody, listOrdersQuery } from '../contracts/orders.ts';
import { createPaymentBody, listPaymentsQuery } from '../contracts/payments.ts';
import { listWebhooksQuery } from '../contracts/webhooks.ts';
import { checkShape } from './check-shape.ts';

/** The sentence and the field of the refusal. */
function refusal(...[schema, value, whole]: Parameters<typeof checkShape>): [string, string | undefined] {
  try {
    checkShape(schema, value, whole);
  } catch (error) {
    expect(error).toMatchObject({ name: 'GatewayError', code: 'BAD_REQUEST_ERROR' });
    const { message, field } = error as { message: string; field: string | undefined };
    return [message, field];
  }
  throw new Error('it passed');
}

describe('a body as a whole', () => {
  test.each([
    [null, 'The request body must be a JSON object, got null'],
    [[], 'The request body must be a JSON object, got an array'],
    ['{}', 'The request body must be a JSON object, got a string'],
    [5, 'The request body must be a JSON object, got a number'],
    [false, 'The request body must be a JSON object, got false'],
  ])('%j: %s', (value, sentence) => {
    expect(refusal(createOrderBody, value, 'The request body')).toEqual([sentence, undefined]);
  });
});

describe('an order', () => {
  const at = (change: object) => refusal(createOrderBody, { amount: 500, ...change }, 'The request body');

  test.each([
    [undefined, 'amount is required'],
    [null, 'amount must be an integer, got null'],
    ['500', 'amount must be an integer, got a string'],
    [500.5, 'amount must be an integer, got a fraction'],
    [true, 'amount must be an integer, got true'],
    [[500], 'amount must be an integer, got an array'],
    [{}, 'amount must be an integer, got a JSON object'],
    [99, 'amount must be at least 100'],
    [0, 'amount must be at least 100'],
    [-500, 'amount must be at least 100'],
    [-1e20, 'amount must be at least 100'],
    [1_000_000_000_000, 'amount must be at most 999999999999'],
    [1e20, 'amount must be at most 999999999999'],
  ])('amount %j: %s', (amount, sentence) => {
    expect(at({ amount })).toEqual([sentence, 'amount']);
  });

  test.each([
    ['inr', 'currency must be an ISO 4217 code such as INR'],
    ['INRR', 'currency must be an ISO 4217 code such as INR'],
    ['QQQ', 'currency must be an ISO 4217 code such as INR'],
    ['', 'currency must be an ISO 4217 code such as INR'],
    [null, 'currency must be a string, got null'],
    [356, 'currency must be a string, got a number'],
  ])('currency %j: %s', (currency, sentence) => {
    expect(at({ currency })).toEqual([sentence, 'currency']);
  });

  test.each([
    [5, 'receipt must be a string, got a number'],
    ['x'.repeat(256), 'receipt must be at most 255 characters'],
  ])('receipt %j: %s', (receipt, sentence) => {
    expect(at({ receipt })).toEqual([sentence, 'receipt']);
  });

  const keys = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, index]));
  test.each([
    [[], 'notes must be a JSON object, got an array'],
    ['a', 'notes must be a JSON object, got a string'],
    [1, 'notes must be a JSON object, got a number'],
    [keys(16), 'notes must have at most 15 keys'],
    // {"a":"..."} takes 8 bytes beside the text.
    [{ a: 'x'.repeat(8_185) }, 'notes must be at most 8 KiB as JSON'],
    [{ a: 'é'.repeat(4_093) }, 'notes must be at most 8 KiB as JSON'],
  ])('notes %j: %s', (notes, sentence) => {
    expect(at({ notes })).toEqual([sentence, 'notes']);
  });

  test('passes at every limit, keeps what it may and forgets unknown keys', () => {
    const largest = {
      amount: 999_999_999_999,
      currency: 'USD',
      receipt: 'x'.repeat(255),
      notes: { a: 'x'.repeat(8_184) },
    };
    expect(checkShape(createOrderBody, { ...largest, status: 'paid' }, '')).toEqual(largest);
    expect(checkShape(createOrderBody, { amount: 100, notes: keys(15) }, '')).toMatchObject({ notes: keys(15) });
    expect(checkShape(createOrderBody, { amount: 100, receipt: null, notes: null }, '')).toEqual({
      amount: 100,
      currency: 'INR',
      receipt: null,
      notes: {},
    });
  });

  test('the first fault is told', () => {
    expect(at({ amount: 'x', currency: 5, receipt: 5 })).toEqual(['amount must be an integer, got a string', 'amount']);
  });
});

describe('a payment', () => {
  const at = (value: object) =>
    refusal(createPaymentBody, { order_id: 'o', method: 'card', ...value }, 'The request body');

  test.each([
    [{ order_id: undefined }, 'order_id is required', 'order_id'],
    [{ order_id: 5 }, 'order_id must be a string, got a number', 'order_id'],
    [{ order_id: null }, 'order_id must be a string, got null', 'order_id'],
    [{ method: undefined }, 'method is required', 'method'],
    [{ method: ['upi'] }, 'method must be a string, got an array', 'method'],
    [{ vpa: 5 }, 'vpa must be a string, got a number', 'vpa'],
    [{ card: '4111' }, 'card must be a JSON object, got a string', 'card'],
    [{ card: [] }, 'card must be a JSON object, got an array', 'card'],
    [{ card: { cvv: 123 } }, 'card.cvv must be a string, got a number', 'card.cvv'],
    [{ card: { holder_name: {} } }, 'card.holder_name must be a string, got a JSON object', 'card.holder_name'],
    [
      { card: { expiry_month: 1.5 } },
      'card.expiry_month must be a string or an integer, got a fraction',
      'card.expiry_month',
    ],
    [{ card: { expiry_year: true } }, 'card.expiry_year must be a string or an integer, got true', 'card.expiry_year'],
  ])('%j: %s', (value, sentence, field) => {
    expect(at(value)).toEqual([sentence, field]);
  });

  test('no card number comes back, whatever it is sent as', () => {
    const asNumber = fc.constantFrom(4111111111111111, 411111111111.1111, 4111111111111111e4, -4111111111111111);
    const field = fc.constantFrom('number', 'cvv', 'holder_name', 'expiry_month', 'expiry_year');
    fc.assert(
      fc.property(field, asNumber, (name, value) => {
        const result = createPaymentBody.safeParse({ order_id: 'o', method: 'card', card: { [name]: value } });
        fc.pre(!result.success);
        expect(at({ card: { [name]: value } })[0]).not.toContain('4111');
      }),
    );
    expect(at({ card: 4111111111111111 })[0]).toBe('card must be a JSON object, got a number');
    expect(at({ vpa: 4111111111111111 })[0]).toBe('vpa must be a string, got a number');
    expect(at({ order_id: 4111111111111111 })[0]).toBe('order_id must be a string, got a number');
  });
});

describe('a query', () => {
  const limit = 'limit must be a whole number from 1 to 100';
  const offset = 'offset must be a whole number from 0 to 1000000000';

  test.each([
    [{ limit: '0' }, limit, 'limit'],
    [{ limit: '101' }, limit, 'limit'],
    [{ limit: '' }, limit, 'limit'],
    [{ limit: 'ten' }, limit, 'limit'],
    [{ limit: '1.5' }, limit, 'limit'],
    [{ limit: '-1' }, limit, 'limit'],
    [{ limit: '1e1' }, limit, 'limit'],
    [{ limit: '10,20' }, limit, 'limit'],
    [{ limit: '9'.repeat(50) }, limit, 'limit'],
    [{ offset: '-1' }, offset, 'offset'],
    [{ offset: '1000000001' }, offset, 'offset'],
    [{ offset: '99999999999' }, offset, 'offset'],
    [{ status: 'paid' }, 'status must be one of pending, success, failed, partially_refunded, refunded', 'status'],
    [{ method: 'UPI' }, 'method must be one of upi, card', 'method'],
    [{ from: 'yesterday' }, 'from must be an ISO 8601 time such as 2030-01-15T10:31:10Z', 'from'],
    [{ to: '2030-01-15' }, 'to must be an ISO 8601 time such as 2030-01-15T10:31:10Z', 'to'],
    [{ to: '2030-02-30T00:00:00Z' }, 'to must be an ISO 8601 time such as 2030-01-15T10:31:10Z', 'to'],
    [{ q: 'x'.repeat(256) }, 'q must be at most 255 characters', 'q'],
    [{ order_id: 'x'.repeat(101) }, 'order_id must be at most 100 characters', 'order_id'],
  ])('of payments %j: %s', (query, sentence, field) => {
    expect(refusal(listPaymentsQuery, query, 'The query')).toEqual([sentence, field]);
  });

  test('of webhooks names the events there are', () => {
    expect(refusal(listWebhooksQuery, { event: 'payment.paid' }, 'The query')).toEqual([
      'event must be one of payment.created, payment.pending, payment.success, payment.failed, payment.captured, ' +
        'refund.created, refund.processed, refund.failed, webhook.test',
      'event',
    ]);
  });

  test('without limit and offset takes ten from the first', () => {
    expect(checkShape(listOrdersQuery, {}, 'The query')).toEqual({ limit: 10, offset: 0 });
    expect(checkShape(listOrdersQuery, { limit: '100', offset: '0' }, 'The query')).toEqual({ limit: 100, offset: 0 });
  });
});

describe('a merchant', () => {
  test.each([
    [{ name: '  ' }, 'name must not be empty', 'name'],
    [{ name: null }, 'name must be a string, got null', 'name'],
    [{ name: 'x'.repeat(101) }, 'name must be at most 100 characters', 'name'],
    [{ webhook_url: 5 }, 'webhook_url must be a string, got a number', 'webhook_url'],
    [{ webhook_url: 'x'.repeat(2_049) }, 'webhook_url must be at most 2048 characters', 'webhook_url'],
  ])('%j: %s', (value, sentence, field) => {
    expect(refusal(updateMerchantBody, value, 'The request body')).toEqual([sentence, field]);
  });
});
