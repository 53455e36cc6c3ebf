import type { Totals } from '../../../../shared/contracts/stats.ts';
import { formatMoney } from '../../../ui/money/format-money.ts';

type Amounts = Totals['amounts'][number];

export const amountIn = ({ amounts }: Pick<Totals, 'amounts'>, currency: string): Amounts =>
  amounts.find((amount) => amount.currency === currency) ?? { currency, collected: 0, refunded: 0 };

/** What was collected besides rupees, in words; empty where nothing was. */
export function otherAmounts({ amounts }: Pick<Totals, 'amounts'>): string {
  const others = amounts.filter(({ currency, collected }) => currency !== 'INR' && collected > 0);
  return others.length === 0 ? '' : `and ${others.map((one) => formatMoney(one.collected, one.currency)).join(', ')}`;
}

/** In whole percent; null when there was nothing to compare with, or when it would be no number to read. */
export function change(now: number, before: number): number | null {
  if (before === 0) return null;
  const percent = Math.round(((now - before) / before) * 100);
  return Math.abs(percent) < 1000 ? percent : null;
}
