import pg from 'pg';
import type { Log } from '../runtime/log.ts';
import { onceMore } from './once-more.ts';

/** A named statement is parsed and planned once per connection. The name is unique and says what it does. */
export type Statement = { readonly name: string; readonly text: string };

export const statement = (name: string, text: string): Statement => ({ name, text });

/** Where statements run: the pool, or the one connection of a transaction. */
export interface Queryable {
  rows<Row extends pg.QueryResultRow>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Database extends Queryable {
  /**
   * Runs `work` in one transaction. It commits when `work` resolves and rolls back when it throws.
   * No foreign call belongs inside: a lock held while somebody else thinks is an outage. And it may run more than once:
   * when PostgreSQL gave way to a concurrent transaction, it is run again from its beginning.
   * @throws what `work` threw, or CommitFailed when PostgreSQL did not commit.
   */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export class CommitFailed extends Error {
  override name = 'CommitFailed';
}

/** bigint columns are amounts below 10^12 and counters, so a number holds them exactly. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export function connectDatabase({ url, poolSize, log }: { url: string; poolSize: number; log: Log }): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'payment-gateway',
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // Longer than the server's own limit below: it speaks only when the server has gone silent. With a wait for a connection
    // before it, an answer still leaves within the 15 s a Lambda has.
    query_timeout: 11_000,
    // A statement waits for a lock or runs no longer than a caller would wait; a forgotten transaction holds nothing.
    // And it does not seek: PostgreSQL's own price of a page out of turn, 4, is that of a disk with an arm, and would have it
    // read tables where an index has the answer.
    options:
      '-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=10000 -c random_page_cost=1.1',
  });
  // Without a listener, a server that stops takes the whole process with it.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection broke'));

  return {
    rows: (statement, values) => onceMore(() => rowsOn(pool, statement, values)),
    transaction: (work) => onceMore(() => inTransaction(pool, log, work)),
    close: () => pool.end(),
  };
}

async function inTransaction<T>(pool: pg.Pool, log: Log, work: (transaction: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const onError = (error: Error) => log.warn({ err: error }, 'a database connection broke in a transaction');
  client.on('error', onError);
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work({ rows: (statement, values) => rowsOn(client, statement, values) });
    const { command } = await client.query('COMMIT');
    // PostgreSQL answers COMMIT of an aborted transaction with ROLLBACK and no error.
    if (command !== 'COMMIT') throw new CommitFailed(`COMMIT was answered with ${command}`);
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure as Error;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

async function rowsOn<Row extends pg.QueryResultRow>(
  connection: pg.Pool | pg.PoolClient,
  { name, text }: Statement,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await connection.query<Row>({ name, text, values: values as unknown[] });
  return rows;
}
