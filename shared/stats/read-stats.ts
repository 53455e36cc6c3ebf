import { type AttentionKind, attentionKinds, type StatsQuery } from '../contracts/stats.ts';
import { gatewayNow } from '../database/clock.ts';
import type { Database } from '../database/database.ts';
import { type Found, lookForAttention } from './attention-store.ts';
import { countPayments } from './stats-store.ts';
import { timeBuckets } from './time-buckets.ts';
import { pointOf, totalsOf } from './totals.ts';

type Merchant = { id: string; webhook_url: string | null };

/** What the first page of the dashboard says: how much there was, compared with before, and what is wrong. */
export async function readStats(
  { database }: { database: Database },
  merchant: Merchant,
  { range, time_zone }: StatsQuery,
) {
  const { starts, from, to } = timeBuckets(range, time_zone, await gatewayNow(database));
  const spanBefore = new Date(from.getTime() - (to.getTime() - from.getTime()));
  const [counted, found] = await Promise.all([
    countPayments(database, merchant.id, [spanBefore, ...starts]),
    lookForAttention(database, merchant.id, from),
  ]);
  // Place 1 is the span before, the buckets begin at 2.
  const at = (place: number) => counted.filter((row) => row.place === place);
  return {
    range,
    from,
    to,
    all_time: totalsOf(counted),
    in_range: totalsOf(counted.filter(({ place }) => place > 1)),
    in_range_before: totalsOf(at(1)),
    series: starts.map((start, index) => ({ from: start, to: starts[index + 1] ?? to, ...pointOf(at(index + 2)) })),
    needs_attention: attentionOf(merchant, found),
  };
}

const urgency = Object.keys(attentionKinds) as AttentionKind[];

function attentionOf({ webhook_url }: Merchant, found: readonly Found[]) {
  const noUrl = webhook_url === null ? [{ kind: 'no_webhook_url' as const, count: 1, since: null }] : [];
  return [...found, ...noUrl].sort((a, b) => urgency.indexOf(a.kind) - urgency.indexOf(b.kind));
}
