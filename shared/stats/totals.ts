import type { PaymentStatus } from '../contracts/payments.ts';
import { seriesCurrency, type Totals } from '../contracts/stats.ts';
import { successRate } from './success-rate.ts';

/** How many payments of a status and a currency there are in a stretch of time, and their sums in minor units. */
export type Counted = {
  status: PaymentStatus;
  currency: string;
  payments: number;
  amount: number;
  refunded: number;
};

/** Whether the money was taken. */
const outcomes: Readonly<Record<PaymentStatus, 'successful' | 'failed' | 'pending'>> = {
  pending: 'pending',
  failed: 'failed',
  success: 'successful',
  partially_refunded: 'successful',
  refunded: 'successful',
};

const isSuccessful = ({ status }: Counted) => outcomes[status] === 'successful';

export function totalsOf(counted: readonly Counted[]): Totals {
  const { payments, successful, failed, pending } = countsOf(counted);
  return {
    payments,
    successful,
    failed,
    pending,
    success_rate: successRate(successful, failed),
    amounts: amountsOf(counted),
  };
}

/** One bucket of the series. */
export function pointOf(counted: readonly Counted[]) {
  const { payments, successful, failed } = countsOf(counted);
  const amount = amountsOf(counted).find(({ currency }) => currency === seriesCurrency)?.collected ?? 0;
  return { payments, successful, failed, amount };
}

function countsOf(counted: readonly Counted[]) {
  const counts = { payments: 0, successful: 0, failed: 0, pending: 0 };
  for (const { status, payments } of counted) {
    counts.payments += payments;
    counts[outcomes[status]] += payments;
  }
  return counts;
}

/** By name of the currency, so that the same money is always told in the same way. */
function amountsOf(counted: readonly Counted[]): Totals['amounts'] {
  const sums = new Map<string, { collected: number; refunded: number }>();
  for (const { currency, amount, refunded } of counted.filter(isSuccessful)) {
    const sum = sums.get(currency) ?? { collected: 0, refunded: 0 };
    sums.set(currency, { collected: sum.collected + amount, refunded: sum.refunded + refunded });
  }
  return [...sums].map(([currency, sum]) => ({ currency, ...sum })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
