import { expect, test } from '@jest/globals';
import { bucketsOf, summaryOf } from './buckets.ts';

const bucket = (from: string, amount: number, successful: number, failed: number) => ({
  from,
  to: from,
  payments: successful + failed,
  successful,
  failed,
  amount,
});
const noon = (day: number) => new Date(2030, 0, day, 12).toISOString();
const totals = (payments: number, success_rate: number | null, collected: number) => ({
  payments,
  successful: payments,
  failed: 0,
  pending: 0,
  success_rate,
  amounts: [{ currency: 'INR', collected, refunded: 0 }],
});

const series = [bucket(noon(14), 50_000, 2, 1), bucket(noon(15), 0, 0, 0), bucket(noon(16), 1_00_000_00, 1, 0)];
const buckets = bucketsOf({ series, range: '7d' });

test('a bucket has a name, and no rate where nothing has ended', () => {
  expect(buckets.map(({ short, full, rate }) => ({ short, full, rate }))).toEqual([
    { short: 'Mon 14', full: 'Mon 14 Jan', rate: 66.7 },
    { short: 'Tue 15', full: 'Tue 15 Jan', rate: null },
    { short: 'Wed 16', full: 'Wed 16 Jan', rate: 100 },
  ]);
});

test('the summary says how much, of how many, and when most', () => {
  expect(summaryOf({ in_range: totals(4, 75, 1_00_500_00), range: '7d' }, buckets)).toBe(
    '₹1,00,500.00 from 4 payments in the last 7 days, 75% successful. Most on Wed 16 Jan.',
  );
  expect(summaryOf({ in_range: totals(1, null, 0), range: '24h' }, [])).toBe(
    '₹0.00 from 1 payment in the last 24 hours.',
  );
  expect(summaryOf({ in_range: totals(0, null, 0), range: '30d' }, [])).toBe('No payments in the last 30 days.');
});
