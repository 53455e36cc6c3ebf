import { describe, expect, test } from '@jest/globals';
import { filterQuery, isFiltered, readFilters } from './filters.ts';

const read = (text: string) => readFilters(new URLSearchParams(text));
const now = new Date(2030, 2, 2, 15, 30);
const asked = (text: string) => Object.fromEntries(filterQuery(read(text), now));

describe('the address of the page', () => {
  test('says what is wanted', () => {
    expect(read('q=+asha%40okbank&status=failed&method=upi&date=7d&offset=50')).toEqual({
      q: 'asha@okbank',
      status: 'failed',
      method: 'upi',
      date: '7d',
      from: null,
      to: null,
      offset: 50,
    });
  });

  test.each([
    '',
    'status=paid&method=cash&date=ever&offset=-1&from=yesterday&to=2030-13-01',
    'offset=1e99',
    'offset=NaN',
    'offset=1.5',
    'status=toString',
  ])('%p asks for nothing in particular', (text) => {
    expect(read(text)).toEqual({ q: '', status: null, method: null, date: null, from: null, to: null, offset: 0 });
    expect(isFiltered(read(text))).toBe(false);
  });
});

describe('what the API is asked', () => {
  test('days begin at midnight, here', () => {
    expect(asked('date=today')).toEqual({ from: new Date(2030, 2, 2).toISOString() });
    expect(asked('date=7d')).toEqual({ from: new Date(2030, 1, 24).toISOString() });
    expect(asked('date=30d')).toEqual({ from: new Date(2030, 1, 1).toISOString() });
  });

  test('both days of a span are in it', () => {
    expect(asked('date=custom&from=2030-01-31&to=2030-01-31')).toEqual({
      from: new Date(2030, 0, 31).toISOString(),
      to: new Date(2030, 1, 1).toISOString(),
    });
    expect(asked('date=custom')).toEqual({});
    expect(asked('from=2030-01-31')).toEqual({});
  });

  test('the rest as it is', () => {
    expect(asked('q=1111&status=success&method=card&offset=25')).toEqual({
      q: '1111',
      status: 'success',
      method: 'card',
    });
  });
});
