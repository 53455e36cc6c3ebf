import type { Random } from './random.ts';

const dayMs = 86_400_000;
/** The merchant's day is India's. */
const offsetMs = 5.5 * 3_600_000;
export const seededDays = 30;

/** Some are paying at this moment, whatever the hour, so that there is something to watch. */
export const presentMs = 240_000;

/** People pay when they are awake, most of them at six in the afternoon, least at six in the morning. */
const awake = (instantMs: number) =>
  1 - 0.85 * Math.cos((2 * Math.PI * ((instantMs + offsetMs) % dayMs)) / dayMs - Math.PI / 2);

/** The shop grows: there is about twice as much at the end as at the beginning. */
const grown = (age: number) => 1 - 0.5 * age;

/** When `count` payments were made in the days up to `now`, in their order. */
export function drawTimes(random: Random, count: number, now: Date): Date[] {
  const nowMs = now.getTime();
  const atPresent = Math.min(12, Math.ceil(count / 50));
  const times = [
    ...Array.from({ length: count - atPresent }, () => drawTime(random, nowMs)),
    ...Array.from({ length: atPresent }, () => Math.floor(nowMs - random.between(0, presentMs))),
  ];
  return times.sort((a, b) => a - b).map((ms) => new Date(ms));
}

/** Thrown away until one falls under the curve. */
function drawTime(random: Random, nowMs: number): number {
  for (;;) {
    const age = random.next();
    const instantMs = Math.floor(nowMs - 1_000 - age * seededDays * dayMs);
    if (random.next() * 1.85 < grown(age) * awake(instantMs)) return instantMs;
  }
}
