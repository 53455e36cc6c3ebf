import { describe, expect, test } from '@jest/globals';
import type { Payment, Refund } from '../../api/objects.ts';
import { canCapture, curlFor, moneyOf, plainWords } from './story.ts';

const payment = (more: Partial<Payment> = {}): Payment => ({
  id: 'pay_1',
  order_id: 'order_1',
  amount: 50_000,
  currency: 'INR',
  method: 'upi',
  vpa: 'asha@okbank',
  status: 'success',
  captured: false,
  amount_refunded: 0,
  created_at: '2030-01-15T10:31:10.000Z',
  updated_at: '2030-01-15T10:31:10.000Z',
  ...more,
});
const refund = (status: Refund['status'], amount: number): Refund => ({
  id: `rfnd_${status}`,
  payment_id: 'pay_1',
  amount,
  reason: null,
  status,
  created_at: '2030-01-15T10:31:10.000Z',
});

describe('the money of a payment', () => {
  test('what is asked for is reserved, what failed is free again', () => {
    const refunds = [refund('processed', 10_000), refund('pending', 15_000), refund('failed', 20_000)];
    expect(
      moneyOf(payment({ status: 'partially_refunded', amount_refunded: 10_000, captured: true }), refunds),
    ).toEqual({
      capturedMinor: 50_000,
      refundedMinor: 10_000,
      pendingMinor: 15_000,
      refundableMinor: 25_000,
    });
  });

  test('a refund that was processed between the two answers counts once', () => {
    const processed = payment({ status: 'partially_refunded', amount_refunded: 12_050 });
    expect(moneyOf(processed, [refund('pending', 12_050)]).refundableMinor).toBe(37_950);
    expect(moneyOf(payment(), [refund('processed', 12_050)]).refundableMinor).toBe(37_950);
  });

  test.each(['pending', 'failed'] as const)('nothing of a %s one can be refunded', (status) => {
    expect(moneyOf(payment({ status }), []).refundableMinor).toBe(0);
  });

  test('a refund seen before the payment that it changed does not make it less than nothing', () => {
    expect(moneyOf(payment({ amount_refunded: 50_000 }), [refund('pending', 50_000)]).refundableMinor).toBe(0);
  });
});

test('only a success not yet captured is captured', () => {
  expect(canCapture(payment())).toBe(true);
  expect(canCapture(payment({ captured: true }))).toBe(false);
  expect(canCapture(payment({ status: 'partially_refunded' }))).toBe(false);
});

test.each([
  [payment({ status: 'pending' }), 'Waiting for the bank of asha@okbank. It settles by itself.'],
  [payment(), 'Paid by asha@okbank. It can be captured or refunded.'],
  [payment({ captured: true }), 'Paid by asha@okbank, and captured.'],
  [payment({ status: 'failed' }), 'No money was taken. The shopper can try again with the same order.'],
  [
    payment({ status: 'partially_refunded', amount_refunded: 20_000 }),
    'Paid by asha@okbank; ₹200.00 of it given back.',
  ],
  [
    payment({ status: 'refunded', method: 'card', card_last4: '1111' }),
    'Paid by the card ending in 1111, and all of it given back.',
  ],
])('%#', (what, words) => {
  expect(plainWords(what)).toBe(words);
});

test('the command has the key, and names the secret only', () => {
  expect(curlFor('http://localhost:8000', 'key_1', 'pay_1')).toBe(`curl http://localhost:8000/api/v1/payments/pay_1 \\
  -H 'X-Api-Key: key_1' \\
  -H "X-Api-Secret: $GATEWAY_SECRET"`);
});
