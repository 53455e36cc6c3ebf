import { expect, test } from '@jest/globals';
import { amountInDigits, amountInWords } from './amount-text.ts';

test.each([
  [100, 'INR', '1.00', '₹1.00'],
  [5, 'INR', '0.05', '₹0.05'],
  [123_456_789, 'INR', '1234567.89', '₹12,34,567.89'],
  [999_999_999_999, 'INR', '9999999999.99', '₹9,99,99,99,999.99'],
  [1_234, 'USD', '12.34', '$12.34'],
  [500, 'JPY', '500', 'JP¥500'],
  [1_234, 'KWD', '1.234', 'KWD 1.234'],
])('%d of %s is %s, or %s', (amount, currency, digits, words) => {
  expect(amountInDigits(amount, currency)).toBe(digits);
  expect(amountInWords(amount, currency).replace(/\s/g, ' ')).toBe(words);
});
