import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CardInput } from '../contracts/payments.ts';
import { cardNetworkOf, checkCard, passesLuhn } from './card.ts';

const today = new Date('2030-06-15T12:00:00Z');
const good: CardInput = {
  number: '4111111111111111',
  expiry_month: '12',
  expiry_year: '2034',
  cvv: '123',
  holder_name: 'Asha Rao',
};
const checkWith = (change: Partial<CardInput>, at = today) => checkCard({ ...good, ...change }, at);

const invalid = (field: string) =>
  expect.objectContaining({ code: 'INVALID_CARD', message: 'Card validation failed', field });
const expired = (field: string) =>
  expect.objectContaining({ code: 'EXPIRED_CARD', message: 'Card expiry date invalid', field });

describe('the network', () => {
  test.each([
    ['40', 'visa'],
    ['49', 'visa'],
    ['50', 'unknown'],
    ['51', 'mastercard'],
    ['55', 'mastercard'],
    ['56', 'unknown'],
    ['2220', 'unknown'],
    ['2221', 'mastercard'],
    ['2720', 'mastercard'],
    ['2721', 'unknown'],
    ['33', 'unknown'],
    ['34', 'amex'],
    ['35', 'unknown'],
    ['36', 'unknown'],
    ['37', 'amex'],
    ['38', 'unknown'],
    ['59', 'unknown'],
    ['60', 'rupay'],
    ['61', 'unknown'],
    ['64', 'unknown'],
    ['65', 'rupay'],
    ['66', 'unknown'],
    ['80', 'unknown'],
    ['81', 'rupay'],
    ['89', 'rupay'],
    ['90', 'unknown'],
    ['00', 'unknown'],
  ])('of a number that begins with %s is %s', (beginning, network) => {
    expect(cardNetworkOf(beginning.padEnd(16, '0'))).toBe(network);
  });
});

describe('the check digit', () => {
  test.each([
    ['4111111111111111', true],
    ['4111111111111110', false],
    ['4111111111111112', false],
    ['5555555555554444', true],
    ['378282246310005', true],
    ['378242246310005', false],
    ['6011111111111117', true],
    // The example of ISO/IEC 7812-1 and its two neighbours swapped.
    ['79927398713', true],
    ['79927398731', false],
  ])('of %s is right: %s', (number, right) => {
    expect(passesLuhn(number)).toBe(right);
  });

  const digits = (minLength: number, maxLength: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));

  test('exists exactly once for any digits', () => {
    fc.assert(
      fc.property(digits(12, 18), (body) => {
        const passing = Array.from('0123456789').filter((digit) => passesLuhn(body + digit));
        expect(passing).toHaveLength(1);
      }),
    );
  });

  test('catches every single wrong digit', () => {
    fc.assert(
      fc.property(digits(13, 19), fc.nat(18), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
        fc.pre(passesLuhn(number) && place < number.length);
        const other = (Number(number[place]) + by) % 10;
        expect(passesLuhn(`${number.slice(0, place)}${other}${number.slice(place + 1)}`)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the number', () => {
  test('is kept without the spaces and dashes it came with', () => {
    expect(checkWith({ number: ' 4111-1111 1111-1111 ' })).toEqual({
      number: '4111111111111111',
      network: 'visa',
      last4: '1111',
    });
  });

  // All of these but the last pass Luhn.
  test.each([
    ['13 digits', '4222222222222', true],
    ['19 digits', '4000000000000000006', true],
    ['12 digits', '400000000002', false],
    ['20 digits', '40000000000000000002', false],
    ['a wrong check digit', '4111111111111112', false],
    ['dots', '4111.1111.1111.1111', false],
    ['a tab', '4111\t111111111111', false],
    ['other scripts', '４１１１１１１１１１１１１１１１', false],
    ['a letter', '4111111111111111a', false],
    ['nothing', '', false],
    ['nothing but dashes', '- - -', false],
  ])('of %s: %s passes is %s', (_what, number, passes) => {
    if (passes) expect(checkWith({ number }).number).toBe(number);
    else expect(() => checkWith({ number })).toThrow(invalid('card.number'));
  });

  test('is not in the error', () => {
    expect(() => checkWith({ number: '4111111111111112' })).toThrow(/^Card validation failed$/);
  });
});

describe('the security code', () => {
  test.each(['000', '123', '1234'])('may be %s', (cvv) => {
    expect(checkWith({ cvv }).last4).toBe('1111');
  });
  test.each(['', '12', '12345', '12a', '12 3', ' 123', '１２３', '-12'])('may not be "%s"', (cvv) => {
    expect(() => checkWith({ cvv })).toThrow(invalid('card.cvv'));
  });
});

describe('what is missing', () => {
  test.each(['number', 'cvv', 'holder_name', 'expiry_month', 'expiry_year'] as const)('%s is named', (field) => {
    expect(() => checkWith({ [field]: undefined })).toThrow(invalid(`card.${field}`));
    expect(() => checkWith({ [field]: null })).toThrow(invalid(`card.${field}`));
    expect(() => checkWith({ [field]: '' })).toThrow(invalid(`card.${field}`));
  });
  test('a holder name of spaces is none', () => {
    expect(() => checkWith({ holder_name: '   ' })).toThrow(invalid('card.holder_name'));
  });
  test.each([null, undefined])('a card of %s is an invalid card', (card) => {
    expect(() => checkCard(card, today)).toThrow(invalid('card.number'));
  });
});

describe('the expiry date', () => {
  test.each([
    ['6', '2030'],
    ['06', '30'],
    [6, 30],
    [7, 2030],
    ['1', '31'],
    ['12', '2099'],
    ['12', '99'],
    ['01', '9999'],
  ])('%s/%s is good in June 2030', (expiry_month, expiry_year) => {
    expect(checkWith({ expiry_month, expiry_year }).network).toBe('visa');
  });

  test.each([
    ['5', '2030'],
    ['12', '2029'],
    ['12', '29'],
    ['05', '30'],
    ['12', '00'],
    ['12', '0034'],
    ['12', 5],
    ['12', '203'],
    ['12', '20345'],
    ['12', '-034'],
    ['12', '20e1'],
    ['12', ' 2034'],
    ['12', 'next'],
  ])('%s/%s is past or no year', (expiry_month, expiry_year) => {
    expect(() => checkWith({ expiry_month, expiry_year })).toThrow(expired('card.expiry_year'));
  });

  test.each(['0', '00', '13', '99', '012', '1.5', '-1', ' 1', 'Dec', '1e1', 0, 13])('month %s is none', (month) => {
    expect(() => checkWith({ expiry_month: month })).toThrow(expired('card.expiry_month'));
  });

  test('lasts until its month has ended in UTC', () => {
    const june = { expiry_month: '06', expiry_year: '2030' };
    expect(checkWith(june, new Date('2030-06-30T23:59:59.999Z')).last4).toBe('1111');
    expect(() => checkWith(june, new Date('2030-07-01T00:00:00Z'))).toThrow(expired('card.expiry_year'));
  });
});
