import { describe, expect, test } from '@jest/globals';
import { formatExpiry, parseExpiry, showExpiry, whatIsWrongWithExpiry } from './expiry.ts';

const today = new Date('2030-06-15T12:00:00Z');

describe('what is understood', () => {
  test.each([
    ['08/34', '08', '2034'],
    ['08 / 34', '08', '2034'],
    ['8/34', '08', '2034'],
    ['0834', '08', '2034'],
    ['08/2034', '08', '2034'],
    ['082034', '08', '2034'],
    ['08-34', '08', '2034'],
    ['08 34', '08', '2034'],
    [' 12/2034 ', '12', '2034'],
  ])('%j is %s of %s', (text, month, year) => {
    expect(parseExpiry(text)).toEqual({ month, year });
  });

  test.each(['', '08', '08/', '8', '834', '08/3', '08/034', '13/34', '00/34', '08/20345', 'aug/34', '08/34/1'])(
    '%j is no date',
    (text) => {
      expect(parseExpiry(text)).toBeNull();
    },
  );

  test('it is shown short', () => {
    expect(showExpiry({ month: '08', year: '2034' })).toBe('08 / 34');
  });
});

describe('while typing', () => {
  test.each([
    ['0', '0'],
    ['1', '1'],
    ['8', '08 / '],
    ['12', '12 / '],
    ['1/', '01 / '],
    ['123', '12 / 3'],
    ['12 / 34', '12 / 34'],
    ['1234', '12 / 34'],
    ['12/2034', '12 / 2034'],
    ['08/34', '08 / 34'],
    ['8/34', '08 / 34'],
    ['', ''],
  ])('%j is shown as %j', (text, shown) => {
    expect(formatExpiry(text)).toBe(shown);
  });
});

describe('what is wrong', () => {
  test.each([
    ['06/30', null],
    ['07/30', null],
    ['06/80', null],
    ['', 'Enter the expiry date.'],
    ['13/34', 'Write month and year, for example 08 / 34.'],
    ['12 / ', 'Write month and year, for example 08 / 34.'],
    ['05/30', 'This card has expired. Use another one.'],
    ['12/29', 'This card has expired. Use another one.'],
    ['07/2080', 'Check the year: it is too far away.'],
  ])('%j: %s', (text, sentence) => {
    expect(whatIsWrongWithExpiry(text, today)).toBe(sentence);
  });

  test('a card lasts until its month has ended in UTC', () => {
    expect(whatIsWrongWithExpiry('06/30', new Date('2030-06-30T23:59:59.999Z'))).toBeNull();
    expect(whatIsWrongWithExpiry('06/30', new Date('2030-07-01T00:00:00Z'))).not.toBeNull();
  });
});
