import { describe, expect, test } from '@jest/globals';
import { coalesce } from './coalesce.ts';

/** A flush that notes what it was given, and ends when it is told to. */
function heldFlush() {
  const flights: { items: readonly number[]; land: () => void }[] = [];
  const flush = (items: readonly number[]) =>
    new Promise<string[]>((resolve) => {
      flights.push({ items, land: () => resolve(items.map((item) => `r${item}`)) });
    });
  return { flights, flush, given: () => flights.map(({ items }) => items) };
}

const aRoundOfEvents = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('each call gets the result of its own item', async () => {
  const one = coalesce(async (items: readonly number[]) => items.map((item) => item * 10));
  expect(await Promise.all([3, 1, 2, 1].map(one))).toEqual([30, 10, 20, 10]);
});

test('calls that come together go together', async () => {
  const { flights, flush, given } = heldFlush();
  const one = coalesce(flush);
  const results = Promise.all([1, 2, 3].map(one));
  await aRoundOfEvents();
  expect(given()).toEqual([[1, 2, 3]]);
  flights[0]!.land();
  expect(await results).toEqual(['r1', 'r2', 'r3']);
});

test('an idle system answers at once, a busy one collects', async () => {
  const { flights, flush, given } = heldFlush();
  const one = coalesce(flush, { maxFlights: 1 });
  const first = one(1);
  await aRoundOfEvents();
  const rest = [one(2), one(3), one(4)];
  await aRoundOfEvents();
  expect(given()).toEqual([[1]]);
  flights[0]!.land();
  expect(await first).toBe('r1');
  await aRoundOfEvents();
  expect(given()).toEqual([[1], [2, 3, 4]]);
  flights[1]!.land();
  expect(await Promise.all(rest)).toEqual(['r2', 'r3', 'r4']);
});

test('a flight takes no more than maxItems, and no more than maxFlights are under way', async () => {
  const { flights, flush, given } = heldFlush();
  const one = coalesce(flush, { maxItems: 2, maxFlights: 2 });
  const results = Promise.all([1, 2, 3, 4, 5].map(one));
  await aRoundOfEvents();
  expect(given()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  flights[1]!.land();
  await aRoundOfEvents();
  expect(given().at(2)).toEqual([5]);
  flights[0]!.land();
  flights[2]!.land();
  expect(await results).toEqual(['r1', 'r2', 'r3', 'r4', 'r5']);
});

describe('when a flush fails', () => {
  const refusing = (bad: number, calls: (readonly number[])[] = [], retryAlone = true) =>
    coalesce(
      async (items: readonly number[]) => {
        calls.push(items);
        if (items.includes(bad)) throw new Error(`${bad} is bad`);
        return items.map((item) => item * 10);
      },
      { retryAlone: (error) => retryAlone && (error as Error).message.endsWith('is bad') },
    );

  test('and no item is at fault, all hear of it at once', async () => {
    const calls: (readonly number[])[] = [];
    const results = await Promise.allSettled([1, 2, 3].map(refusing(2, calls, false)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(calls).toEqual([[1, 2, 3]]);
  });

  test('the bad item fails alone', async () => {
    const calls: (readonly number[])[] = [];
    const results = await Promise.allSettled([1, 2, 3].map(refusing(2, calls)));
    expect(results).toEqual([
      { status: 'fulfilled', value: 10 },
      { status: 'rejected', reason: new Error('2 is bad') },
      { status: 'fulfilled', value: 30 },
    ]);
    expect(calls).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  test('a single item is not tried twice', async () => {
    const calls: (readonly number[])[] = [];
    await expect(refusing(2, calls)(2)).rejects.toThrow('2 is bad');
    expect(calls).toEqual([[2]]);
  });

  test('the next calls fly as ever', async () => {
    const one = refusing(2);
    await Promise.allSettled([one(2), one(2), one(2)]);
    expect(await one(4)).toBe(40);
  });

  test('a flush that throws before it promises fails the same way', async () => {
    const one = coalesce((): Promise<never[]> => {
      throw new Error('at once');
    });
    await expect(one(1)).rejects.toThrow('at once');
    await expect(one(1)).rejects.toThrow('at once');
  });
});

test('more than may wait are turned down at once, and the others go on', async () => {
  const one = coalesce(async (items: readonly number[]) => items, { maxWaiting: 2 });
  const results = await Promise.allSettled([1, 2, 3].map(one));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
});
