import { successRate } from '../../../../shared/stats/success-rate.ts';
import type { Stats } from '../../api/objects.ts';
import { formatMoney } from '../../../ui/money/format-money.ts';
import { amountIn } from './totals.ts';
import { bucketName, ranges } from './range.ts';

export type Bucket = {
  from: string;
  short: string;
  full: string;
  amountMinor: number;
  payments: number;
  successful: number;
  failed: number;
  /** Percent of those that have ended; null where none has. */
  rate: number | null;
};

export const bucketsOf = ({ series, range }: Pick<Stats, 'series' | 'range'>): Bucket[] =>
  series.map(({ from, amount, payments, successful, failed }) => ({
    from,
    ...bucketName(from, range),
    amountMinor: amount,
    payments,
    successful,
    failed,
    rate: successRate(successful, failed),
  }));

/** The chart in a sentence or two, for those who see none. */
export function summaryOf({ in_range, range }: Pick<Stats, 'in_range' | 'range'>, buckets: readonly Bucket[]): string {
  const { words } = ranges[range];
  if (in_range.payments === 0) return `No payments in ${words}.`;
  const best = buckets.reduce<Bucket | null>(
    (top, one) => (one.amountMinor > (top?.amountMinor ?? 0) ? one : top),
    null,
  );
  const collected = formatMoney(amountIn(in_range, 'INR').collected, 'INR');
  const count = `${in_range.payments.toLocaleString('en-IN')} ${in_range.payments === 1 ? 'payment' : 'payments'}`;
  const rate = in_range.success_rate === null ? '' : `, ${in_range.success_rate}% successful`;
  return `${collected} from ${count} in ${words}${rate}.${best ? ` Most on ${best.full}.` : ''}`;
}
