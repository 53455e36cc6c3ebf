import { z } from 'zod';
import { currency } from './orders.ts';

export const statsRange = z.enum(['24h', '7d', '30d']);
export type StatsRange = z.infer<typeof statsRange>;

/** The series is a line of one currency; this one is what orders have by default. */
export const seriesCurrency = 'INR';

const time = z.iso.datetime().meta({ description: 'UTC', examples: ['2030-01-15T10:31:00.000Z'] });
const count = z.int().min(0);
const sum = z.int().meta({ description: 'Minor units', examples: [4999500] });

export const statsQuery = z.object({
  range: statsRange.default('7d').meta({ description: '24 hours, 7 days or 30 days, up to now (default 7d)' }),
  time_zone: z
    .string()
    .refine(isTimeZone, 'must be the name of a time zone such as Asia/Kolkata')
    .default('UTC')
    .meta({ description: 'Whose hours and days they are: an IANA name (default UTC)', examples: ['Asia/Kolkata'] }),
});

export type StatsQuery = z.output<typeof statsQuery>;

/** Offsets such as +05:30 are no names: they know no daylight saving. */
function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).formatToParts().length > 0;
  } catch {
    return false;
  }
}

export const totals = z
  .object({
    payments: count,
    successful: count.meta({ description: 'Those whose money was taken, refunded later or not' }),
    failed: count,
    pending: count,
    success_rate: z
      .number()
      .nullable()
      .meta({ description: 'Percent of those that have ended, to one decimal; null when none has', examples: [93.4] }),
    amounts: z
      .array(z.object({ currency, collected: sum, refunded: sum }))
      .meta({ description: 'Of the successful ones, by currency: what was taken, and what of that was given back' }),
  })
  .meta({ id: 'Totals' });

export type Totals = z.output<typeof totals>;

export const attentionKinds = {
  no_worker: 'No worker reports in: payments stay pending and webhooks are not sent; `since` is when one was last seen',
  payments_overdue: 'Payments that should have settled over a minute ago; `since` is when the oldest was due',
  refunds_overdue: 'Refunds that should have settled over a minute ago; `since` is when the oldest was due',
  refunds_failed: 'Refunds made in the range that the bank refused; `since` is when the oldest was made',
  webhooks_failed: 'Deliveries given up and not retried; `since` is the last attempt of the oldest',
  no_webhook_url: 'Nothing is sent to you, because no webhook URL is set',
} as const;

export type AttentionKind = keyof typeof attentionKinds;

export const attention = z
  .object({
    kind: z.enum(Object.keys(attentionKinds) as [AttentionKind, ...AttentionKind[]]).meta({
      description: Object.entries(attentionKinds)
        .map(([kind, about]) => `\`${kind}\`: ${about}`)
        .join('. '),
    }),
    count: z.int().min(1),
    since: time.nullable(),
  })
  .meta({ id: 'Attention' });

export type Attention = z.output<typeof attention>;

export const stats = z
  .object({
    range: statsRange,
    from: time,
    to: time.meta({ description: 'The end of the present minute' }),
    all_time: totals,
    in_range: totals.meta({ description: 'Of the payments made from `from` on' }),
    in_range_before: totals.meta({ description: 'Of the payments made in a span of the same length just before' }),
    series: z
      .array(z.object({ from: time, to: time, payments: count, successful: count, failed: count, amount: sum }))
      .meta({
        description:
          'The range in 24 hours, 7 days or 30 days of the time zone, oldest first; the last one still goes on. ' +
          `\`amount\` is what was taken in ${seriesCurrency}`,
      }),
    needs_attention: z.array(attention).meta({ description: 'What to look into, the most urgent first' }),
  })
  .meta({ id: 'Stats' });
