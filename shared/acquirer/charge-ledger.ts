import { type Queryable, statement } from '../database/database.ts';
import { coalesce } from '../runtime/coalesce.ts';

export type LedgerEntry = { paymentId: string; amountMinor: number; currency: string; outcome: string };

/** Enters a charge once and answers the outcome that stands in the ledger, whoever entered it. */
export type ChargeLedger = (entry: LedgerEntry) => Promise<string>;

const enterCharges = statement(
  'enter-simulated-charges',
  `insert into simulated_charges (payment_id, amount, currency, outcome)
   select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[])
   on conflict (payment_id) do update set payment_id = excluded.payment_id
   returning payment_id, outcome`,
);

export const chargeLedger = (database: Queryable): ChargeLedger =>
  coalesce(async (entries: readonly LedgerEntry[]) => {
    // The same payment twice in one statement would be an error; they are the same entry.
    const unique = [...new Map(entries.map((entry) => [entry.paymentId, entry])).values()];
    const rows = await database.rows<{ payment_id: string; outcome: string }>(enterCharges, [
      unique.map(({ paymentId }) => paymentId),
      unique.map(({ amountMinor }) => amountMinor),
      unique.map(({ currency }) => currency),
      unique.map(({ outcome }) => outcome),
    ]);
    const standing = new Map(rows.map((row) => [row.payment_id, row.outcome]));
    return entries.map(({ paymentId }) => standing.get(paymentId) ?? 'PROCESSING_ERROR');
  });
