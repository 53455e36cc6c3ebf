import { describe, expect, test } from '@jest/globals';
import { cardToSend, noCard, whatIsWrongWithCard } from './card-entry.ts';

const today = new Date('2030-06-15T12:00:00Z');
const good = { number: '4111 1111 1111 1111', expiry: '12 / 34', cvv: '123', name: ' Asha Rao ' };

test('nothing is wrong with a good card, which is sent bare', () => {
  expect(whatIsWrongWithCard(good, today)).toEqual({ number: null, expiry: null, cvv: null, name: null });
  expect(cardToSend(good)).toEqual({
    number: '4111111111111111',
    expiry_month: '12',
    expiry_year: '2034',
    cvv: '123',
    holder_name: 'Asha Rao',
  });
});

test('an empty form has a sentence for every field', () => {
  const wrong = whatIsWrongWithCard(noCard, today);
  for (const sentence of Object.values(wrong)) expect(sentence).toMatch(/^Enter the .+\.$/);
});

describe('the security code', () => {
  const wrongCode = (cvv: string, number = good.number) => whatIsWrongWithCard({ ...good, cvv, number }, today).cvv;

  test.each(['12', '1234', '12a', '1 2'])('%j is not one of a Visa', (cvv) => {
    expect(wrongCode(cvv)).toBe('It has 3 digits, on the back.');
  });

  test('has four digits on an American Express', () => {
    expect(wrongCode('1234', '3782 822463 10005')).toBeNull();
    expect(wrongCode('123', '3782 822463 10005')).toBe('It has 4 digits, on the front.');
  });
});
