const two = (value: number) => String(value).padStart(2, '0');

/** Local, to the second, sortable as text: `2024-01-15 10:31:11`. */
export function stampOf(at: Date): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** To the second and in UTC, as a log has it: `2024-01-15 05:01:11 UTC`. */
export const utcOf = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const steps = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', Infinity],
] as const;

/** How long ago, in the largest unit that is full: `just now`, `5 minutes ago`, `in 2 hours`. */
export function agoOf(at: Date, nowMs: number): string {
  let distance = Math.round((at.getTime() - nowMs) / 1000);
  if (Math.abs(distance) < 5) return 'just now';
  for (const [unit, size] of steps) {
    if (Math.abs(distance) < size)
      return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(distance, unit);
    distance = Math.trunc(distance / size);
  }
  return '';
}

/** A length of time in the two largest units that say something: `350 ms`, `1.2 s`, `2 min 5 s`, `3 h 10 min`. */
export function spanOf(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  // The bounds are those of what is shown: 9.97 s would be 10.0, and 59.6 s would be 60.
  if (seconds < 59.5) return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => whole >= size);
  let rest = whole;
  const parts = units.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count > 0 ? `${count} ${name}` : '';
  });
  return parts.filter(Boolean).join(' ');
}
