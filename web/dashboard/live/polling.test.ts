import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startPolling } from './polling.ts';

/** A page whose visibility the test decides, and an API whose answers it gives. */
function setUp(everyMs = 1000) {
  const watchers = new Set<() => void>();
  let isHidden = false;
  const asked: { signal: AbortSignal; answer: (isGood: boolean) => void }[] = [];
  const polling = startPolling((signal) => new Promise((answer) => void asked.push({ signal, answer })), everyMs, {
    isHidden: () => isHidden,
    watch: (onchange) => {
      watchers.add(onchange);
      return () => watchers.delete(onchange);
    },
  });
  return {
    polling,
    asked,
    watchers,
    hide: (value: boolean) => {
      isHidden = value;
      for (const onchange of watchers) onchange();
    },
    answer: async (isGood = true) => {
      asked.at(-1)!.answer(isGood);
      await jest.advanceTimersByTimeAsync(0);
    },
  };
}

describe('polling', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('asks at once, and again a while after each answer', async () => {
    const { asked, answer } = setUp();
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(1);
    await answer();
    await jest.advanceTimersByTimeAsync(999);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(asked).toHaveLength(2);
  });

  test('asks nothing while nobody looks, and at once when somebody does again', async () => {
    const { asked, answer, hide } = setUp();
    await answer();
    hide(true);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    hide(false);
    expect(asked).toHaveLength(2);
    hide(true);
    await answer();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
  });

  test('drops the question under way when nobody looks, and asks it anew when somebody does again', async () => {
    for (const everyMs of [1000, Infinity]) {
      const { asked, answer, hide } = setUp(everyMs);
      hide(true);
      expect(asked.map(({ signal }) => signal.aborted)).toEqual([true]);
      await answer();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(asked).toHaveLength(1);
      hide(false);
      expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    }
  });

  test('what is asked once and was answered is not asked again because somebody looks', async () => {
    const { asked, answer, hide } = setUp(Infinity);
    await answer();
    hide(true);
    hide(false);
    expect(asked).toHaveLength(1);
  });

  test('waits longer after each failure, up to half a minute', async () => {
    const { asked, answer } = setUp();
    const waits: number[] = [];
    for (const isGood of [false, false, false, false, false, false, true, true]) {
      const before = asked.length;
      await answer(isGood);
      let waited = 0;
      for (; asked.length === before; waited += 500) await jest.advanceTimersByTimeAsync(500);
      waits.push(waited);
    }
    expect(waits).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 1000, 1000]);
  });

  test('a question by hand takes the place of the one under way', async () => {
    const { polling, asked, answer } = setUp();
    polling.ask();
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    asked[0]!.answer(true);
    await answer();
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(3);
  });

  test('ends', async () => {
    const { polling, asked, watchers, answer } = setUp();
    polling.stop();
    expect(asked[0]!.signal.aborted).toBe(true);
    expect(watchers.size).toBe(0);
    await answer();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
  });

  test('Infinity asks once, and by hand', async () => {
    const { polling, asked, answer } = setUp(Infinity);
    await answer();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    polling.ask();
    expect(asked).toHaveLength(2);
  });
});
