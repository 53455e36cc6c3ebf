import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatMoney } from './format-money.ts';
import { parseMoney, typedMoney, whatIsWrongWithAmount } from './parse-money.ts';

describe('an amount as it is typed', () => {
  test.each([
    ['500', 50_000],
    ['19.99', 1_999],
    ['1.1', 110],
    ['0.29', 29],
    ['.5', 50],
    ['12.', 1_200],
    [' 1,00,000.50 ', 10_000_050],
    ['₹ 4.35', 435],
    ['Rs. 10', 1_000],
    ['9999999999.99', 999_999_999_999],
  ])('%p is %p paise', (text, paise) => {
    expect(parseMoney(text)).toBe(paise);
  });

  test.each(['', ' ', '.', ',', 'abc', '1.234', '-5', '1e3', '1 000', '1.2.3', '12,.5x', '99999999999999999', '٣'])(
    '%p is none',
    (text) => {
      expect(parseMoney(text)).toBeNull();
    },
  );

  test('a currency without a minor unit has no point', () => {
    expect(parseMoney('500', 'JPY')).toBe(500);
    expect(parseMoney('500.5', 'JPY')).toBeNull();
    expect(parseMoney('1.234', 'KWD')).toBe(1_234);
  });

  test('every amount is read back, typed or shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (paise) => {
        expect(parseMoney(typedMoney(paise))).toBe(paise);
        expect(parseMoney(formatMoney(paise, 'INR'))).toBe(paise);
      }),
    );
  });

  test('is typed without signs', () => {
    expect([typedMoney(5), typedMoney(50_000), typedMoney(7, 'JPY')]).toEqual(['0.05', '500.00', '7']);
  });
});

test.each([
  [null, 'Enter an amount such as 499.00.'],
  [99, 'The least is ₹1.00.'],
  [50_001, 'The most is ₹500.00.'],
  [100, null],
  [50_000, null],
])('%p between ₹1 and ₹500: %p', (amount, words) => {
  expect(whatIsWrongWithAmount(amount, { min: 100, max: 50_000 })).toBe(words);
});
