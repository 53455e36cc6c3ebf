import { expect, test } from '@jest/globals';
import { amountIn, change, otherAmounts } from './totals.ts';

const amounts = [
  { currency: 'INR', collected: 500, refunded: 100 },
  { currency: 'USD', collected: 12_000, refunded: 0 },
  { currency: 'JPY', collected: 0, refunded: 0 },
];

test('rupees are found among others, and are none where there are none', () => {
  expect(amountIn({ amounts }, 'INR').collected).toBe(500);
  expect(amountIn({ amounts: [] }, 'INR')).toEqual({ currency: 'INR', collected: 0, refunded: 0 });
});

test('other money is named, where there is any', () => {
  expect(otherAmounts({ amounts })).toBe('and $120.00');
  expect(otherAmounts({ amounts: amounts.slice(0, 1) })).toBe('');
});

test.each([
  [10, 0, null],
  [0, 10, -100],
  [15, 10, 50],
  [10, 10, 0],
  [1000, 1, null],
])('from %p, before %p, the change is %p', (now, before, percent) => {
  expect(change(now, before)).toBe(percent);
});
