import { type Queryable, statement } from '../database/database.ts';

export type RefundEntry = {
  refundId: string;
  paymentId: string;
  amountMinor: number;
  currency: string;
  outcome: string;
};

/** Enters a refund once and answers the outcome that stands in the ledger, whoever entered it. */
export type RefundLedger = (entry: RefundEntry) => Promise<string>;

const enterRefund = statement(
  'enter-simulated-refund',
  `insert into simulated_refunds (refund_id, payment_id, amount, currency, outcome) values ($1, $2, $3, $4, $5)
   on conflict (refund_id) do update set refund_id = excluded.refund_id returning outcome`,
);

export const refundLedger =
  (database: Queryable): RefundLedger =>
  async ({ refundId, paymentId, amountMinor, currency, outcome }) => {
    const values = [refundId, paymentId, amountMinor, currency, outcome];
    const [row] = await database.rows<{ outcome: string }>(enterRefund, values);
    if (row === undefined) throw new Error('entering a refund answered no row');
    return row.outcome;
  };
