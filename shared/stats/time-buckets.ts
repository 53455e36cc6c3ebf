import type { StatsRange } from '../contracts/stats.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const shapes: Readonly<Record<StatsRange, { unit: 'hour' | 'day'; buckets: number }>> = {
  '24h': { unit: 'hour', buckets: 24 },
  '7d': { unit: 'day', buckets: 7 },
  '30d': { unit: 'day', buckets: 30 },
};

/** Where the buckets of a range begin, oldest first; the last one ends at `to`. */
export type TimeBuckets = { starts: readonly Date[]; from: Date; to: Date };

/**
 * Cuts the time up to now into hours or days of a time zone. Hours are all of one length, whatever the clocks do; a day
 * is from its first instant to the next day's, 23 or 25 hours when the clocks change.
 *
 * `to` is the end of the present minute: two looks at an unchanged gateway within it are the same.
 */
export function timeBuckets(range: StatsRange, timeZone: string, now: Date): TimeBuckets {
  const { unit, buckets } = shapes[range];
  const wallClock = wallClockOf(timeZone);
  const age = (index: number) => buckets - 1 - index;
  const startOf = (index: number) =>
    unit === 'hour'
      ? startOfHour(wallClock, now.getTime()) - age(index) * hourMs
      : startOfDay(wallClock, Math.floor(wallClock(now.getTime()) / dayMs) - age(index));
  const starts = Array.from({ length: buckets }, (_, index) => new Date(startOf(index)));
  const to = new Date((Math.floor(now.getTime() / minuteMs) + 1) * minuteMs);
  return { starts, from: starts[0] ?? to, to };
}

/** What the clocks of a place show at an instant, as the milliseconds of that date and time in UTC. */
type WallClock = (instantMs: number) => number;

function wallClockOf(timeZone: string): WallClock {
  const numeric = 'numeric' as const;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  });
  return (instantMs) => {
    const parts = new Map(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const shownMs = Date.UTC(
      ...([part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')] as const),
    );
    return shownMs + (instantMs % 1_000);
  };
}

const startOfHour = (wallClock: WallClock, instantMs: number) => instantMs - (wallClock(instantMs) % hourMs);

/**
 * The first instant of a day. The clocks may change in the day, or at the very midnight: of the two offsets around it
 * the earlier instant that is not before the day is the one.
 * @param day days since 1970 as the place counts them.
 */
function startOfDay(wallClock: WallClock, day: number): number {
  const midnightMs = day * dayMs;
  const offsetAt = (instantMs: number) => wallClock(instantMs) - instantMs;
  const candidates = [midnightMs - dayMs, midnightMs + dayMs].map((nearMs) => midnightMs - offsetAt(nearMs));
  return Math.min(...candidates.filter((instantMs) => Math.floor(wallClock(instantMs) / dayMs) >= day));
}
