import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { RateStore, Standing } from './rate-store.ts';
import { rememberLooks } from './remember-looks.ts';

const standing = (remaining: number): Standing => ({
  ...{ policy: 'wrong-credentials', limit: 2, remaining, resetSeconds: 60 },
  isOver: remaining === 0,
});

let counted: number;
let looks: number;
let store: RateStore;

beforeEach(() => {
  jest.useFakeTimers();
  counted = looks = 0;
  store = rememberLooks({
    count: async () => standing(Math.max(0, 2 - ++counted)),
    look: async () => {
      looks++;
      return standing(Math.max(0, 2 - counted));
    },
    close: async () => undefined,
  });
});
afterEach(() => void jest.useRealTimers());

const look = async (key = 'a') => (await store.look('wrong-credentials', key)).isOver;

test('who is within the limit is looked up once a second', async () => {
  expect([await look(), await look(), await look()]).toEqual([false, false, false]);
  expect(looks).toBe(1);
  jest.advanceTimersByTime(1_000);
  await look();
  expect(looks).toBe(2);
});

test('what was counted here shows at once', async () => {
  await look();
  await store.count('wrong-credentials', 'a');
  expect(await look()).toBe(false);
  await store.count('wrong-credentials', 'a');
  expect(await look()).toBe(true);
});

test('what was counted elsewhere shows a second later', async () => {
  await look();
  counted = 2;
  expect(await look()).toBe(false);
  jest.advanceTimersByTime(1_000);
  expect(await look()).toBe(true);
});

test('who is over the limit is looked up each time, and let in as soon as the store says so', async () => {
  counted = 2;
  expect([await look(), await look()]).toEqual([true, true]);
  expect(looks).toBe(2);
  counted = 0;
  expect(await look()).toBe(false);
});

test('one says nothing about another', async () => {
  await look('a');
  await look('b');
  expect(looks).toBe(2);
});

test('more keys than it keeps apart are looked up again', async () => {
  for (let n = 0; n < 10_001; n++) await look(`key ${n}`);
  await look('key 0');
  expect(looks).toBe(10_002);
});
