import { describe, expect, test } from '@jest/globals';
import { findCardNumbers, withholdCardNumbers } from './find-card-numbers.ts';

describe('findCardNumbers', () => {
  test.each([
    ['4111111111111111', 'visa'],
    ['4222222222222', 'visa of 13'],
    ['5555555555554444', 'mastercard'],
    ['2223003122003222', 'mastercard of the second range'],
    ['378282246310005', 'amex'],
    ['6011111111111117', 'rupay'],
    ['4111 1111 1111 1111', 'in groups'],
    ['4111-1111-1111-1111', 'with dashes'],
    ['3782 822463 10005', 'in the groups of an amex'],
  ])('%s, %s', (number) => {
    expect(findCardNumbers(number)).toEqual([number]);
    expect(findCardNumbers(`{"note":"paid with ${number}, thanks"}`)).toEqual([number]);
  });

  test('finds one among other numbers', () => {
    expect(findCardNumbers('12 4111 1111 1111 1111 99')).toEqual(['4111 1111 1111 1111']);
  });

  test.each([
    ['4111111111111112', 'a wrong check digit'],
    ['411111111111116', 'a visa of 15'],
    ['9999999999999995', 'no network'],
    ['1700000000000', 'a time in milliseconds'],
    ['pay_4111111111111111', 'an id'],
    ['4111111111111111abc', 'a word'],
    ['a4111111111111111', 'a word'],
    ['0.4111111111111111', 'a fraction'],
    ['41111111-1111-1111-8111-000000000000', 'a UUID'],
    ['94111111111111111114', 'a longer number'],
  ])('%s is none: %s', (text) => {
    expect(findCardNumbers(text)).toEqual([]);
  });

  test('what is withheld cannot be read', () => {
    expect(withholdCardNumbers('row 4111 1111 1111 1111 and 378282246310005')).toBe(
      'row (card number withheld) and (card number withheld)',
    );
  });
});
