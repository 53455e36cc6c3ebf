import { expect, test } from '@jest/globals';
import { readPageAddress } from './page-address.ts';

const read = (address: string) => readPageAddress(new URL(address, 'http://checkout.example'));

test.each([
  ['/checkout?order_id=order_1', { page: 'order', orderId: 'order_1', isEmbedded: false }],
  ['/checkout?order_id=order_1&embedded=true', { page: 'order', orderId: 'order_1', isEmbedded: true }],
  ['/checkout?order_id=order_1&embedded=1', { page: 'order', orderId: 'order_1', isEmbedded: false }],
  ['/checkout?order_id=', { page: 'order', orderId: null, isEmbedded: false }],
  ['/checkout?order_id=%20', { page: 'order', orderId: null, isEmbedded: false }],
  ['/checkout', { page: 'order', orderId: null, isEmbedded: false }],
  ['/success?payment_id=pay_1', { page: 'payment', paymentId: 'pay_1', isEmbedded: false }],
  ['/failure?payment_id=pay_1', { page: 'payment', paymentId: 'pay_1', isEmbedded: false }],
  ['/failure', { page: 'payment', paymentId: null, isEmbedded: false }],
])('%s', (address, meaning) => {
  expect(read(address)).toEqual(meaning);
});
