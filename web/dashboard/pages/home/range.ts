import type { StatsRange } from '../../../../shared/contracts/stats.ts';

export const ranges = {
  '24h': { name: '24 h', span: '24 hours', words: 'the last 24 hours' },
  '7d': { name: '7 d', span: '7 days', words: 'the last 7 days' },
  '30d': { name: '30 d', span: '30 days', words: 'the last 30 days' },
} as const satisfies Record<StatsRange, { name: string; span: string; words: string }>;

export const isRange = (value: string | null): value is StatsRange => value !== null && Object.hasOwn(ranges, value);

/** What a bucket is called under its bar, and in full. Put together here: editions of ICU differ in their commas. */
export function bucketName(from: string, range: StatsRange): { short: string; full: string } {
  const at = new Date(from);
  const part = (options: Intl.DateTimeFormatOptions) => at.toLocaleString('en-GB', options);
  const weekday = part({ weekday: 'short' });
  const date = part({ day: 'numeric', month: 'short' });
  if (range === '24h') {
    const hour = part({ hour: '2-digit', minute: '2-digit' });
    return { short: hour, full: `${weekday} ${date}, ${hour}` };
  }
  return { short: range === '7d' ? `${weekday} ${at.getDate()}` : date, full: `${weekday} ${date}` };
}
