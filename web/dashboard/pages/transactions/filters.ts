import type { PaymentMethod, PaymentStatus } from '../../../../shared/contracts/payments.ts';

export const pageSize = 25;

export const statusWords: Record<PaymentStatus, string> = {
  pending: 'Pending',
  success: 'Success',
  failed: 'Failed',
  partially_refunded: 'Partially refunded',
  refunded: 'Refunded',
};

export const methodWords: Record<PaymentMethod, string> = { upi: 'UPI', card: 'Card' };

export const dateWords = {
  today: 'Today',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  custom: 'From … to …',
} as const;

type DateChoice = keyof typeof dateWords;

const has = <T extends object>(table: T, key: string | null): key is string & keyof T =>
  key !== null && Object.hasOwn(table, key);

/** What the page's own address asks for. What it cannot mean is left out, so that an address never leads to an error. */
export type Filters = {
  q: string;
  status: PaymentStatus | null;
  method: PaymentMethod | null;
  date: DateChoice | null;
  /** Days as `2026-01-31`, both included; with `date` custom. */
  from: string | null;
  to: string | null;
  offset: number;
};

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(new Date(`${text}T00:00`).getTime());

export function readFilters(query: URLSearchParams): Filters {
  const status = query.get('status');
  const method = query.get('method');
  const date = query.get('date');
  const from = query.get('from');
  const to = query.get('to');
  const offset = Number(query.get('offset'));
  return {
    q: query.get('q')?.trim() ?? '',
    status: has(statusWords, status) ? status : null,
    method: has(methodWords, method) ? method : null,
    date: has(dateWords, date) ? date : null,
    from: isDay(from) ? from : null,
    to: isDay(to) ? to : null,
    offset: Number.isSafeInteger(offset) && offset > 0 && offset <= 1_000_000_000 ? offset : 0,
  };
}

export const isFiltered = ({ q, status, method, date }: Filters): boolean =>
  q !== '' || status !== null || method !== null || date !== null;

/** The same for the API, without the page of it. Days are those of the place `now` is told in. */
export function filterQuery(filters: Filters, now: Date): URLSearchParams {
  const { q, status, method, date, from, to } = filters;
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  if (status !== null) query.set('status', status);
  if (method !== null) query.set('method', method);
  const midnight = (daysAgo: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
  const since = { today: 0, '7d': 6, '30d': 29 };
  if (date === 'custom') {
    if (from !== null) query.set('from', new Date(`${from}T00:00`).toISOString());
    if (to !== null) query.set('to', dayAfter(to).toISOString());
  } else if (date !== null) {
    query.set('from', midnight(since[date]).toISOString());
  }
  return query;
}

function dayAfter(day: string): Date {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + 1);
  return date;
}
