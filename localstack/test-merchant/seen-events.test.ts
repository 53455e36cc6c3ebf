import { expect, test } from '@jest/globals';
import { createSeenEvents } from './seen-events.ts';

test('a retry of a refused event is no duplicate, a repeat of an accepted one is', () => {
  const seen = createSeenEvents();
  expect(seen.countAttempt('evt_1')).toEqual({ attempt: 1, duplicate: false });
  expect(seen.countAttempt('evt_1')).toEqual({ attempt: 2, duplicate: false });
  seen.markAccepted('evt_1');
  expect(seen.countAttempt('evt_1')).toEqual({ attempt: 3, duplicate: true });
  expect(seen.countAttempt('evt_2')).toEqual({ attempt: 1, duplicate: false });
});

test('nothing is remembered about what has no name', () => {
  const seen = createSeenEvents();
  seen.countAttempt(undefined);
  seen.markAccepted(undefined);
  expect(seen.countAttempt(undefined)).toEqual({ attempt: 1, duplicate: false });
});

test('forgets the oldest, so that a benchmark does not fill the memory', () => {
  const seen = createSeenEvents();
  for (let n = 0; n <= 20_000; n++) seen.countAttempt(`evt_${n}`);
  expect(seen.countAttempt('evt_20000').attempt).toBe(2);
  expect(seen.countAttempt('evt_0').attempt).toBe(1);
});
