import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Log } from '../runtime/log.ts';
import { passWhenAway } from './pass-when-away.ts';
import type { RateStore, Standing } from './rate-store.ts';

const standing: Standing = { policy: 'merchant', limit: 3, remaining: 2, resetSeconds: 60, isOver: false };

/** A store that answers as it is told, and a log that keeps what it hears. */
function stage() {
  const told = { answer: async (): Promise<Standing> => standing, asked: 0 };
  const lines: string[] = [];
  const log = {
    warn: (_of: object, text: string) => lines.push(`warn: ${text}`),
    info: (text: string) => lines.push(`info: ${text}`),
  } as unknown as Log;
  const verb = () => {
    told.asked++;
    return told.answer();
  };
  const store: RateStore = { count: verb, look: verb, close: async () => undefined };
  return { told, lines, limiter: passWhenAway(store, log) };
}
const away = () => Promise.reject(new Error('ECONNREFUSED'));
const silent = () => new Promise<never>(() => undefined);
const isAway = 'warn: the store of the rate limits is away; requests pass uncounted';
const isBack = 'info: the store of the rate limits is back; requests are counted again';

describe('a store of rate limits that comes and goes', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('is heard while it is there', async () => {
    const { limiter, lines } = stage();
    expect(await limiter.count('merchant', 'a')).toBe(standing);
    expect(await limiter.look('merchant', 'a')).toBe(standing);
    expect(lines).toEqual([]);
  });

  test('lets all pass while it is away, and is left alone for a second at a time', async () => {
    const { limiter, told } = stage();
    told.answer = away;
    expect(await limiter.count('merchant', 'a')).toBeUndefined();
    for (let n = 0; n < 20; n++) expect(await limiter.look('merchant', 'a')).toBeUndefined();
    expect(told.asked).toBe(1);
    jest.advanceTimersByTime(1_000);
    await limiter.count('merchant', 'a');
    await limiter.count('merchant', 'a');
    expect(told.asked).toBe(2);
  });

  test('holds nobody longer than 50 ms when it is silent', async () => {
    const { limiter, told } = stage();
    told.answer = silent;
    let passed = false;
    const counted = limiter.count('merchant', 'a').then((answer) => {
      passed = true;
      return answer;
    });
    await jest.advanceTimersByTimeAsync(49);
    expect(passed).toBe(false);
    await jest.advanceTimersByTimeAsync(2);
    expect(await counted).toBeUndefined();
  });

  test('is tried by one request when its rest is over; the others pass at once', async () => {
    const { limiter, told } = stage();
    told.answer = away;
    await limiter.count('merchant', 'a');
    jest.advanceTimersByTime(1_000);
    told.answer = silent;
    const trying = limiter.count('merchant', 'a');
    for (let n = 0; n < 20; n++) expect(await limiter.count('merchant', 'a')).toBeUndefined();
    expect(told.asked).toBe(2);
    await jest.advanceTimersByTimeAsync(51);
    expect(await trying).toBeUndefined();
  });

  test('is used again when it is back', async () => {
    const { limiter, told, lines } = stage();
    told.answer = away;
    await limiter.count('merchant', 'a');
    told.answer = async () => standing;
    jest.advanceTimersByTime(1_000);
    expect(await limiter.count('merchant', 'a')).toBe(standing);
    expect(await limiter.count('merchant', 'a')).toBe(standing);
    expect(lines).toEqual([isAway, isBack]);
  });

  test('is complained about once in ten seconds', async () => {
    const { limiter, told, lines } = stage();
    told.answer = away;
    for (let second = 0; second < 25; second++) {
      await Promise.all(Array.from({ length: 10 }, () => limiter.count('merchant', 'a')));
      jest.advanceTimersByTime(1_000);
    }
    expect(lines).toEqual([isAway, isAway, isAway]);
  });
});

test('an answer that lies at the socket of a busy process is taken', async () => {
  const { limiter, told } = stage();
  // The answer is an event of the same turn in which the wait ends.
  told.answer = () => new Promise((resolve) => setTimeout(() => setImmediate(() => resolve(standing)), 45));
  const counted = limiter.count('merchant', 'a');
  const busyUntilMs = performance.now() + 120;
  while (performance.now() < busyUntilMs);
  expect(await counted).toBe(standing);
});
