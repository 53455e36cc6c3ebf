import { type Queryable, statement } from '../../../shared/database/database.ts';
import { type Rows, type TableName, tableNames } from './rows.ts';

/** The columns that are filled, with their types. */
const columns: Readonly<Record<TableName, string>> = {
  orders: `id text, merchant_id uuid, amount bigint, currency text, receipt text, notes json, status text,
    created_at timestamptz, updated_at timestamptz`,
  payments: `id text, order_id text, merchant_id uuid, amount bigint, currency text, method text, status text, vpa text,
    card_network text, card_last4 text, captured boolean, error_code text, error_description text,
    acquirer_reference text, holds_charge boolean, refund_reserved bigint, refund_done bigint, event_count integer,
    due_at timestamptz, claims integer, created_at timestamptz, updated_at timestamptz`,
  simulated_charges: 'payment_id text, amount bigint, currency text, outcome text, charged_at timestamptz',
  refunds: `id text, payment_id text, merchant_id uuid, amount bigint, reason text, status text, error_code text,
    error_description text, due_at timestamptz, claims integer, created_at timestamptz, processed_at timestamptz`,
  simulated_refunds: `refund_id text, payment_id text, amount bigint, currency text, outcome text,
    refunded_at timestamptz`,
  events: `id text, merchant_id uuid, type text, payment_id text, refund_id text, sequence integer, payload text,
    created_at timestamptz`,
  webhook_logs: `id uuid, merchant_id uuid, event_id text, event text, payload text, url text, status text,
    attempts integer, round integer, last_attempt_at timestamptz, next_retry_at timestamptz, response_code integer,
    response_body text, claims integer, created_at timestamptz`,
  webhook_attempts: `webhook_log_id uuid, round integer, number integer, trigger text, attempted_at timestamptz,
    duration_ms integer, response_code integer, response_body text, error text, request_headers json,
    response_headers json`,
};

const inserts = tableNames.map((table) => {
  const pairs = columns[table].split(',').map((column) => column.trim().split(' ') as [string, string]);
  const names = pairs.map(([name]) => name);
  const arrays = pairs.map(([, type], index) => `$${index + 1}::${type}[]`);
  const text = `insert into ${table} (${names.join(', ')}) select * from unnest(${arrays.join(', ')})`;
  return { table, names, insert: statement(`seed-${table}`, text) };
});

/** One statement a table, however many rows. */
export async function insertRows(transaction: Queryable, rows: Rows): Promise<void> {
  for (const { table, names, insert } of inserts) {
    const all: readonly Readonly<Record<string, unknown>>[] = rows[table];
    await transaction.rows(
      insert,
      names.map((name) => all.map((row) => row[name])),
    );
  }
}
