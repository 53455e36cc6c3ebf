import { expect, test } from '@jest/globals';
import { keptHeaders } from './answer-headers.ts';

test('values of one name are joined, and an answer without headers has none', () => {
  expect(keptHeaders({ 'content-type': 'text/plain', vary: ['a', 'b'] } as never)).toEqual({
    'content-type': 'text/plain',
    vary: 'a, b',
  });
  expect(keptHeaders({})).toEqual({});
});

test("a receiver's cookies are not kept", () => {
  expect(keptHeaders({ 'set-cookie': ['session=abc', 'b=c'] })).toEqual({ 'set-cookie': '(not kept)' });
});

test('however much comes, 2,000 characters are kept', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`x-${n}`, 'y'.repeat(90)]));
  const few = keptHeaders(many);
  expect(Object.entries(few).flat().join('')).toHaveLength(2_000);
  expect(Object.keys(few)).toEqual(Object.keys(many).slice(0, Object.keys(few).length));
  expect(keptHeaders({ a: 'y'.repeat(1_986), 'set-cookie': ['b'] })).toMatchObject({ 'set-cookie': '(no' });
  expect(keptHeaders({ [`x${'y'.repeat(3_000)}`]: 'z', server: 'late' })).toEqual({});
});

test('a name that objects have anyway is a header like others', () => {
  const headers = Object.fromEntries([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
  expect(Object.entries(keptHeaders(headers))).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});
