import { notFound } from '../contracts/errors.ts';
import { exportLimit, type ExportPayments } from '../contracts/payments.ts';
import type { Database } from '../database/database.ts';
import { merchantRows } from '../database/merchant-list.ts';
import { amountInDigits } from './amount-text.ts';
import { csvRow } from './csv.ts';
import { paymentColumns, type PaymentRow } from './payment-row.ts';
import { findPayment, paymentFilters, paymentSearches } from './payment-store.ts';

/** Each part goes on where the one before ended, also when payments came in between; an offset would slip. */
const filters = {
  ...paymentFilters,
  before: (value: string) =>
    `(created_at, id) < (select created_at, id from payments where merchant_id = $1 and id = ${value})`,
};

const { list } = merchantRows<PaymentRow, keyof typeof filters>({
  name: 'export',
  table: 'payments',
  columns: paymentColumns,
  filters,
  searches: paymentSearches,
});

/**
 * A part of the merchant's payments as CSV, newest first.
 * @returns the `before` of the next part, if there is one.
 * @throws NOT_FOUND_ERROR when `before` is none of the merchant's payments: nothing would follow it, and that would look
 * like the end.
 */
export async function exportPayments(
  { database }: { database: Database },
  merchantId: string,
  query: ExportPayments,
  partLimit = exportLimit,
): Promise<{ csv: string; nextBefore: string | undefined }> {
  const { before } = query;
  if (before !== undefined && (await findPayment(database, merchantId, before)) === undefined) {
    throw notFound('Payment not found');
  }
  // One more than is told says whether there are more.
  const rows = await list(database, merchantId, { ...query, limit: partLimit + 1, offset: 0 });
  const part = rows.slice(0, partLimit);
  const lines = part.map(cellsOf).map((cells) => csvRow(columnNames.map((name) => cells[name])));
  const head = before === undefined ? csvRow(columnNames) : '';
  return { csv: head + lines.join(''), nextBefore: rows.length > partLimit ? part.at(-1)?.id : undefined };
}

const columnNames = [
  ...[
    'id',
    'order_id',
    'created_at',
    'updated_at',
    'status',
    'method',
    'vpa',
    'card_network',
    'card_last4',
    'currency',
  ],
  ...['amount', 'amount_formatted', 'amount_refunded', 'captured', 'error_code', 'error_description'],
] as const;

const cellsOf = (payment: PaymentRow): Record<(typeof columnNames)[number], string | number | boolean | null> => ({
  id: payment.id,
  order_id: payment.order_id,
  created_at: payment.created_at.toISOString(),
  updated_at: payment.updated_at.toISOString(),
  status: payment.status,
  method: payment.method,
  vpa: payment.vpa,
  card_network: payment.card_network,
  card_last4: payment.card_last4,
  currency: payment.currency,
  amount: payment.amount,
  amount_formatted: amountInDigits(payment.amount, payment.currency),
  amount_refunded: payment.refund_done,
  captured: payment.captured,
  error_code: payment.error_code,
  error_description: payment.error_description,
});
