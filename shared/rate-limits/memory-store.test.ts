import { afterEach, expect, jest, test } from '@jest/globals';
import { memoryStore } from './memory-store.ts';

afterEach(() => void jest.useRealTimers());

test('a counter in memory is gone when its window has ended', async () => {
  jest.useFakeTimers();
  const store = memoryStore({ merchant: 1, 'public-ip': 0, 'public-order': 0, login: 0, 'wrong-credentials': 0 });
  await store.count('merchant', 'a');
  jest.advanceTimersByTime(59_000);
  expect(await store.count('merchant', 'a')).toMatchObject({ isOver: true, resetSeconds: 1 });
  jest.advanceTimersByTime(1_000);
  expect(await store.look('merchant', 'a')).toMatchObject({ isOver: false, remaining: 1, resetSeconds: 60 });
  expect(await store.count('merchant', 'a')).toMatchObject({ isOver: false, resetSeconds: 60 });
});
