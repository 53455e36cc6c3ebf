import { describe, expect, test } from '@jest/globals';
import { statsRange } from '../contracts/stats.ts';
import { timeBuckets } from './time-buckets.ts';

const hourMs = 3_600_000;

/** What a place's calendar and clocks show, as Intl writes it; it knows nothing of our arithmetic. */
const showIn = (timeZone: string) => {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const minute = new Intl.DateTimeFormat('en', { timeZone, minute: 'numeric', second: 'numeric' });
  return { date: (at: Date) => date.format(at), minute: (at: Date) => minute.format(at) };
};

const zones = [
  ...['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'],
  ...['Pacific/Chatham', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/St_Johns', 'Africa/Cairo'],
  ...['America/Santiago', 'America/Havana', 'Asia/Beirut', 'America/Asuncion', 'Atlantic/Azores', 'America/Nuuk'],
];

/** Moments of a year, in which the clocks of each zone change, at its odd hours. */
const everyDays = (days: number) =>
  Array.from(
    { length: Math.floor(366 / days) },
    (_, index) => new Date(Date.UTC(2024, 0, 1 + index * days, index % 24, (index * 7) % 60, 30, 5)),
  );

describe.each(zones)('in %s', (timeZone) => {
  const { date, minute } = showIn(timeZone);

  test('a day begins with the first instant of its date, and the days follow each other', () => {
    for (const now of everyDays(20)) {
      const { starts } = timeBuckets('30d', timeZone, now);
      expect(date(starts[29]!)).toBe(date(now));
      for (const [index, start] of starts.entries()) {
        const dayBefore = new Date(start.getTime() - 1);
        expect(date(dayBefore) < date(start)).toBe(true);
        if (index > 0) expect(date(dayBefore)).toBe(date(starts[index - 1]!));
      }
    }
  });

  test('hours are 60 minutes each, and the present one begins at its full hour', () => {
    for (const now of everyDays(1)) {
      const { starts } = timeBuckets('24h', timeZone, now);
      expect(minute(starts[23]!)).toMatch(/^0?0:00$/);
      expect(now.getTime() - starts[23]!.getTime()).toBeLessThan(hourMs);
      expect(starts.map((start) => starts[23]!.getTime() - start.getTime())).toEqual(
        Array.from({ length: 24 }, (_, index) => (23 - index) * hourMs),
      );
    }
  });
});

test('a day is 23 or 25 hours long when the clocks change in it', () => {
  const lengths = (now: string) => {
    const { starts } = timeBuckets('7d', 'Europe/Berlin', new Date(now));
    return starts.slice(1).map((start, index) => (start.getTime() - starts[index]!.getTime()) / hourMs);
  };
  expect(lengths('2030-04-02T12:00:00Z')).toEqual([24, 24, 24, 24, 23, 24]);
  expect(lengths('2030-10-29T12:00:00Z')).toEqual([24, 24, 24, 24, 25, 24]);
});

test.each(statsRange.options)('%s has its buckets, up to the end of the minute', (range) => {
  const now = new Date('2030-01-15T10:31:10.005Z');
  const { starts, from, to } = timeBuckets(range, 'Asia/Kolkata', now);
  expect(starts).toHaveLength({ '24h': 24, '7d': 7, '30d': 30 }[range]);
  expect(from).toEqual(starts[0]);
  expect(to).toEqual(new Date('2030-01-15T10:32:00Z'));
});

test('India begins its day at half past six in the evening of Greenwich', () => {
  const { from, starts } = timeBuckets('7d', 'Asia/Kolkata', new Date('2030-01-15T18:31:00Z'));
  expect(from).toEqual(new Date('2030-01-09T18:30:00Z'));
  expect(starts.at(-1)).toEqual(new Date('2030-01-15T18:30:00Z'));
});
