import { expect, test } from '@jest/globals';
import { packBells } from './pack-bells.ts';

const bell = (id: string, delayMs = 0, type: 'settle-payment' | 'deliver-webhook' = 'settle-payment') => ({
  type,
  id,
  delayMs,
});

test('bells of one type and delay share a message, others do not', () => {
  const packed = packBells([bell('a'), bell('b', 5), bell('c'), bell('d', 0, 'deliver-webhook')]);
  expect(packed).toEqual([
    { message: { v: 1, type: 'settle-payment', ids: ['a', 'c'] }, delayMs: 0 },
    { message: { v: 1, type: 'settle-payment', ids: ['b'] }, delayMs: 5 },
    { message: { v: 1, type: 'deliver-webhook', ids: ['d'] }, delayMs: 0 },
  ]);
});

test('a message has 25 ids at most, and none is lost', () => {
  const packed = packBells(Array.from({ length: 51 }, (_, n) => bell(`p${n}`)));
  expect(packed.map(({ message }) => message.ids.length)).toEqual([25, 25, 1]);
  expect(new Set(packed.flatMap(({ message }) => message.ids)).size).toBe(51);
});
