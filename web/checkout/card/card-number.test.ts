import { describe, expect, test } from '@jest/globals';
import { groupCardNumber, whatIsWrongWithNumber } from './card-number.ts';

describe('the groups', () => {
  test.each([
    ['', ''],
    ['4', '4'],
    ['4111', '4111'],
    ['41111', '4111 1'],
    ['4111-1111 1111-1111', '4111 1111 1111 1111'],
    ['  4111111111111111\n', '4111 1111 1111 1111'],
    ['4000000000000000006', '4000 0000 0000 0000 006'],
    ['3782', '3782'],
    ['37828', '3782 8'],
    ['378282246310005', '3782 822463 10005'],
    ['3782-8224-6310-005', '3782 822463 10005'],
    // One digit too many stays to be seen.
    ['3782822463100051', '3782 822463 10005 1'],
  ])('%j is shown as %j', (text, shown) => {
    expect(groupCardNumber(text)).toBe(shown);
  });
});

describe('what is wrong', () => {
  test.each([
    ['4111 1111 1111 1111', null],
    ['5555555555554444', null],
    ['2221000000000009', null],
    ['3782 822463 10005', null],
    ['6011 1111 1111 1117', null],
    ['4222222222222', null],
    ['', 'Enter the number on your card.'],
    ['   ', 'Enter the number on your card.'],
    ['4111 1111 1111 111x', 'A card number has digits only.'],
    ['4111 1111 1111', 'Some digits are missing. Check the number.'],
    ['5555 5555 5555 444', 'Some digits are missing. Mastercard has 16.'],
    ['3782 822463 10005 1', 'There are too many digits. American Express has 15.'],
    ['4111 1111 1111 1112', 'One of the digits is not right. Compare the number with your card.'],
  ])('%j: %s', (text, sentence) => {
    expect(whatIsWrongWithNumber(text)).toBe(sentence);
  });
});
