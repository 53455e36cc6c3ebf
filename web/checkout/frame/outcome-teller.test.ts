import { expect, test } from '@jest/globals';
import { outcomeTeller } from './outcome-teller.ts';

function teller() {
  const said: any[] = [];
  const waiting: (() => void)[] = [];
  const tell = outcomeTeller({ say: (message) => void said.push(message) }, (act) => void waiting.push(act));
  const letTimePass = () => {
    for (const act of waiting.splice(0)) act();
  };
  return { tell, said, letTimePass, types: () => said.map(({ type }) => type) };
}

const success = { paymentId: 'pay_1', orderId: 'order_1', status: 'success' } as const;
const failure = { code: 'PAYMENT_FAILED', description: 'declined', paymentId: 'pay_1' };

test('a success is told once, after it could be seen, and is processing until then', () => {
  const { tell, said, letTimePass, types } = teller();
  tell.processing(true);
  tell.succeeded(success);
  tell.succeeded(success);
  expect(types()).toEqual(['processing']);
  letTimePass();
  letTimePass();
  expect(said.slice(1)).toEqual([
    { type: 'payment_success', data: success },
    { type: 'processing', data: { isProcessing: false } },
  ]);
});

test('somebody who closes before is told first', () => {
  const { tell, letTimePass, types } = teller();
  tell.processing(true);
  tell.succeeded(success);
  tell.close();
  letTimePass();
  expect(types()).toEqual(['processing', 'payment_success', 'processing', 'close_modal']);
});

test('a failure is told once for a payment, and each one without a payment', () => {
  const { tell, said } = teller();
  tell.failed(failure);
  tell.failed(failure);
  tell.failed({ ...failure, paymentId: 'pay_2' });
  tell.failed({ ...failure, paymentId: null });
  tell.failed({ ...failure, paymentId: null });
  expect(said.map(({ data }) => data.paymentId)).toEqual(['pay_1', 'pay_2', null, null]);
});

test('only what the contract names is told', () => {
  const { tell, said } = teller();
  tell.failed({ ...failure, happened: 'x', card: '4111111111111111' } as any);
  expect(said[0].data).toEqual(failure);
});

test('processing is said when it changes', () => {
  const { tell, said } = teller();
  tell.processing(false);
  tell.processing(true);
  tell.processing(true);
  tell.failed(failure);
  expect(said.map(({ type, data }) => data.isProcessing ?? type)).toEqual([true, false, 'payment_failed']);
});
