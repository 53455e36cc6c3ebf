import { expect, test } from '@jest/globals';
import { describeDelivery } from '../describe-delivery.ts';
import type { Verdict } from '../verify-webhook.ts';
import { createOrderBook } from './order-book.ts';

const payment = { id: 'pay_1', order_id: 'order_1', amount: 99_800, currency: 'INR' };

function delivery({ event = 'payment.success', verified = true, changes = {} }: Partial<Told> = {}) {
  const body = Buffer.from(JSON.stringify({ event, data: { payment: { ...payment, ...changes } } }));
  const verdict: Verdict = verified ? { verified } : { verified, check: 'X-Webhook-Signature', reason: 'no match' };
  const arrival = { id: 1, nowMs: 0, path: '/webhook', headers: {}, attempt: 1, duplicate: false };
  return describeDelivery({ ...arrival, body, verdict });
}
interface Told {
  event: string;
  verified: boolean;
  changes: Record<string, unknown>;
}

function bookWithAnOrder() {
  const book = createOrderBook();
  book.open({ orderId: 'order_1', quantity: 2, amount: 99_800 });
  return book;
}

test('an order is confirmed by the verified payment.success of its amount', () => {
  const book = bookWithAnOrder();
  expect(book.find('order_1')?.confirmed).toBeNull();
  book.hear(delivery());
  expect(book.find('order_1')).toEqual({
    orderId: 'order_1',
    quantity: 2,
    amount: 99_800,
    confirmed: { paymentId: 'pay_1' },
  });
});

test.each<[string, Partial<Told>]>([
  ['a signature that is not the gateway’s', { verified: false }],
  ['another event', { event: 'payment.pending' }],
  ['a failed payment', { event: 'payment.failed' }],
  ['another order', { changes: { order_id: 'order_2' } }],
  ['less money', { changes: { amount: 100 } }],
  ['other money', { changes: { currency: 'JPY' } }],
  ['an amount in letters', { changes: { amount: '99800' } }],
  ['no payment', { changes: { id: null } }],
])('not by %s', (_what, told) => {
  const book = bookWithAnOrder();
  book.hear(delivery(told));
  expect(book.find('order_1')?.confirmed).toBeNull();
});

test('what comes twice, or is opened twice, changes nothing', () => {
  const book = bookWithAnOrder();
  book.hear(delivery());
  book.hear(delivery({ changes: { id: 'pay_2' } }));
  book.open({ orderId: 'order_1', quantity: 1, amount: 49_900 });
  expect(book.find('order_1')).toMatchObject({ quantity: 2, confirmed: { paymentId: 'pay_1' } });
});

test('the newest thousand orders are remembered', () => {
  const book = createOrderBook();
  for (let number = 1; number <= 1001; number++) book.open({ orderId: `order_${number}`, quantity: 1, amount: 49_900 });
  expect([book.find('order_1'), book.find('order_2')?.orderId]).toEqual([undefined, 'order_2']);
});
