import { expect, test } from '@jest/globals';
import { eventId, orderId, paymentId, refundId } from '../contracts/ids.ts';
import { newId } from './new-id.ts';

const contracts = { order: orderId, pay: paymentId, rfnd: refundId, evt: eventId };

test.each(['order', 'pay', 'rfnd', 'evt'] as const)(
  '%s_ and 16 letters and digits, as the contract has it',
  (prefix) => {
    const ids = Array.from({ length: 500 }, () => newId(prefix));
    for (const id of ids) {
      expect(id).toMatch(new RegExp(`^${prefix}_[A-Za-z0-9]{16}$`));
      expect(contracts[prefix].safeParse(id).success).toBe(true);
    }
    expect(new Set(ids).size).toBe(500);
  },
);

test('every letter and digit is used, at every place', () => {
  const ids = Array.from({ length: 2_000 }, () => newId('pay').slice(4));
  for (let place = 0; place < 16; place++) {
    expect(new Set(ids.map((id) => id[place])).size).toBe(62);
  }
});

test.each([
  'pay_NXhj67fGH2jk9mP',
  'pay_NXhj67fGH2jk9mPqr',
  'pay_NXhj67fGH2jk9mP-',
  'PAY_NXhj67fGH2jk9mPq',
  'order_NXhj67fGH2jk9mPq',
  'pay_NXhj67fGH2jk9mPq\n',
  ' pay_NXhj67fGH2jk9mPq',
  'NXhj67fGH2jk9mPq',
  '',
])('%j is no payment id', (id) => {
  expect(paymentId.safeParse(id).success).toBe(false);
});
