import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paymentEventData } from '../payments/payment-row.ts';
import { newEvent } from './event.ts';

const at = new Date('2024-01-15T10:31:10.999Z');

describe('the body', () => {
  test('is compact JSON in the order of the contract', () => {
    const created_at = new Date('2024-01-15T10:31:05.000Z');
    const data = paymentEventData({
      id: 'pay_NXhj67fGH2jk9mPq',
      order_id: 'order_NXhj67fGH2jk9mPq',
      amount: 50000,
      currency: 'INR',
      method: 'upi',
      vpa: 'asha@okbank',
      card_network: null,
      card_last4: null,
      status: 'success',
      created_at,
    });
    expect(newEvent('payment.success', data, at).payload).toBe(
      '{"event":"payment.success","timestamp":1705314670,"data":{"payment":{"id":"pay_NXhj67fGH2jk9mPq",' +
        '"order_id":"order_NXhj67fGH2jk9mPq","amount":50000,"currency":"INR","method":"upi","vpa":"asha@okbank",' +
        '"status":"success","created_at":"2024-01-15T10:31:05.000Z"}}}',
    );
  });

  test.each([
    ['2024-01-15T10:31:10.000Z', 1_705_314_670],
    ['2024-01-15T10:31:10.999Z', 1_705_314_670],
    ['2024-01-15T10:31:11.000Z', 1_705_314_671],
  ])('tells %s in whole seconds, %d', (time, seconds) => {
    expect(JSON.parse(newEvent('webhook.test', {}, new Date(time)).payload).timestamp).toBe(seconds);
  });

  test('survives being parsed and printed, whatever its texts are', () => {
    // Every code unit, so that halves of surrogate pairs are among them.
    const text = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 100, max: 999_999_999_999 }), (vpa, error_description, amount) => {
        const { payload } = newEvent('payment.failed', { payment: { vpa, amount, error_description } }, at);
        expect(JSON.stringify(JSON.parse(payload))).toBe(payload);
      }),
    );
  });
});

test('an event and its delivery have ids of their own', () => {
  const events = Array.from({ length: 100 }, () => newEvent('webhook.test', {}, at));
  expect(events[0]).toEqual({
    id: expect.stringMatching(/^evt_[A-Za-z0-9]{16}$/),
    deliveryId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    type: 'webhook.test',
    payload: '{"event":"webhook.test","timestamp":1705314670,"data":{}}',
  });
  expect(new Set(events.flatMap(({ id, deliveryId }) => [id, deliveryId])).size).toBe(200);
});
