import { expect, test } from '@jest/globals';
import { createOrderBody, maxAmountMinor, minAmountMinor } from '../../../../shared/contracts/orders.ts';
import { typedMoney } from '../../../ui/money/parse-money.ts';
import { type Draft, orderFrom, whatIsWrong } from './new-order.ts';

const draft = (more: Partial<Draft> = {}): Draft => ({ amount: '499.00', receipt: '', notes: [], ...more });

test('a draft becomes an order in paise', () => {
  const notes = [
    { name: ' cart ', value: ' 42 ' },
    { name: '', value: '' },
  ];
  expect(orderFrom(draft({ amount: '1,499.9', receipt: ' r-1 ', notes }))).toEqual({
    amount: 149_990,
    currency: 'INR',
    receipt: 'r-1',
    notes: { cart: '42' },
  });
  expect(orderFrom(draft())?.receipt).toBeNull();
});

test('the bounds are those of the API', () => {
  for (const amount of [minAmountMinor, maxAmountMinor]) {
    const order = orderFrom(draft({ amount: typedMoney(amount) }));
    expect(createOrderBody.safeParse(order).success).toBe(true);
  }
  for (const amount of [minAmountMinor - 1, maxAmountMinor + 1]) {
    expect(orderFrom(draft({ amount: typedMoney(amount) }))).toBeNull();
    expect(createOrderBody.safeParse({ amount }).success).toBe(false);
  }
});

const note = (name: string, value = 'x') => ({ name, value });

test.each([
  [draft({ amount: '' }), { amount: 'Enter an amount such as 499.00.' }],
  [draft({ amount: '0.99' }), { amount: 'The least is ₹1.00.' }],
  [draft({ receipt: 'x'.repeat(256) }), { receipt: 'At most 255 characters.' }],
  [draft({ notes: [note('')] }), { notes: 'Give the note a name.' }],
  [draft({ notes: [note('a'), note(' a')] }), { notes: 'Two notes have the same name.' }],
  [draft({ notes: Array.from({ length: 16 }, (_, n) => note(`n${n}`)) }), { notes: 'At most 15 notes.' }],
])('%#: it says what is wrong', (what, wrong) => {
  expect(whatIsWrong(what)).toMatchObject(wrong);
  expect(orderFrom(what)).toBeNull();
});
