import { describe, expect, test } from '@jest/globals';
import { useTestGateway } from '../testing/test-gateway.ts';

/** What outside tools rely on. */
const promised = {
  merchants: 'id name email api_key api_secret webhook_url webhook_secret is_active created_at updated_at',
  orders: 'id merchant_id amount currency receipt notes status created_at updated_at',
  payments:
    'id order_id merchant_id amount currency method status vpa card_network card_last4 captured error_code ' +
    'error_description created_at updated_at',
  refunds: 'id payment_id merchant_id amount reason status created_at processed_at',
  webhook_logs:
    'id merchant_id event payload status attempts last_attempt_at next_retry_at response_code response_body created_at',
  idempotency_keys: 'key merchant_id response created_at expires_at',
};

describe('the database has what was promised', () => {
  const { sql } = useTestGateway();

  const typesOf = async (table: string) => {
    const rows = await sql<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'public' and table_name = $1`,
      [table],
    );
    return new Map(rows.map(({ name, type }) => [name, type]));
  };

  test.each(Object.entries(promised))('table %s has its columns', async (table, columns) => {
    expect([...(await typesOf(table)).keys()]).toEqual(expect.arrayContaining(columns.split(' ')));
  });

  test.each([
    // jsonb would reorder keys, and the signature is over the text.
    ['webhook_logs', 'payload', 'text'],
    ['webhook_logs', 'id', 'uuid'],
    ['events', 'payload', 'text'],
    ['idempotency_keys', 'response', 'text'],
    ['merchants', 'id', 'uuid'],
    ['orders', 'amount', 'bigint'],
    ['orders', 'notes', 'json'],
    ['payments', 'amount', 'bigint'],
    ['payments', 'refund_reserved', 'bigint'],
    ['payments', 'refund_done', 'bigint'],
    ['payments', 'captured', 'boolean'],
    ['refunds', 'amount', 'bigint'],
  ])('%s.%s is %s', async (table, column, type) => {
    expect((await typesOf(table)).get(column)).toBe(type);
  });

  test('every time has a zone', async () => {
    const bare = await sql(
      `select table_name, column_name from information_schema.columns
       where table_schema = 'public' and data_type in ('timestamp without time zone', 'date', 'time without time zone')
         and table_name <> 'schema_migrations'`,
    );
    expect(bare).toEqual([]);
  });

  test.each([
    ['orders', 'merchant_id', null],
    ['payments', 'order_id', null],
    ['payments', 'status', null],
    ['refunds', 'payment_id', null],
    ['webhook_logs', 'merchant_id', null],
    ['webhook_logs', 'status', null],
    ['webhook_logs', 'next_retry_at', `(status = 'pending'::text)`],
  ])('%s is indexed by %s first, where %s', async (table, column, condition) => {
    const rows = await sql<{ condition: string | null }>(
      `select pg_get_expr(i.indpred, i.indrelid) as condition
       from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where i.indrelid = $1::regclass and a.attname = $2 and i.indisvalid`,
      [table, column],
    );
    expect(rows.map((row) => row.condition)).toContain(condition);
  });
});
