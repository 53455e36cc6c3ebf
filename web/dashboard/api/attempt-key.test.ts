import { expect, test } from '@jest/globals';
import { AttemptKey } from './attempt-key.ts';

test('a key lasts as long as what is sent under it', () => {
  let made = 0;
  const key = new AttemptKey(() => `key-${++made}`);
  expect(key.for({ amount: 1 })).toBe('key-1');
  expect(key.for({ amount: 1 })).toBe('key-1');
  expect(key.for({ amount: 2 })).toBe('key-2');
  expect(key.for({ amount: 1 })).toBe('key-3');
  key.done();
  expect(key.for({ amount: 1 })).toBe('key-4');
});
