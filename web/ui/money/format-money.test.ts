import { expect, test } from '@jest/globals';
import { formatMoney } from './format-money.ts';

test.each([
  [50_000, 'INR', '₹500.00'],
  [100, 'INR', '₹1.00'],
  [50_005, 'INR', '₹500.05'],
  [10_000_000, 'INR', '₹1,00,000.00'],
  // The largest the API takes, and exact to the paisa.
  [999_999_999_999, 'INR', '₹9,99,99,99,999.99'],
  [10_000_000, 'USD', '$100,000.00'],
  [50_000, 'EUR', '€500.00'],
  [500, 'JPY', '¥500'],
  [1_234_567, 'KWD', 'KWD\u00a01,234.567'],
])('%d of %s is %s', (amountMinor, currency, text) => {
  expect(formatMoney(amountMinor, currency)).toBe(text);
});
