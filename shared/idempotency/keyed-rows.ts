import { type Queryable, statement } from '../database/database.ts';
import { violatedConstraint } from '../database/violated-constraint.ts';
import { ClaimLost, keyLifeMs } from './idempotency-store.ts';

/** Rows that carry the key under which they were made. */
export interface KeyedRows {
  /** @throws ClaimLost when another row carries the key. */
  mark(within: Queryable, key: RowKey & { id: string; fingerprint: string }): Promise<void>;
  /** The answer to the request that made the row, if that was within the key's life. */
  find(database: Queryable, key: RowKey): Promise<{ fingerprint: string; answer: object } | undefined>;
}

/** @param key with its route: the same letters elsewhere are another key. */
export type RowKey = { readonly merchantId: string; readonly key: string };

type Found = { fingerprint: string; is_over: boolean };

/**
 * @param columns what `answerOf` needs of a row; it gets `done_at` beside them.
 * @param doneAt when the row was made, in SQL: a key counts for a day from then.
 * @param prefix of the two columns that hold the key and its request's fingerprint.
 */
export function keyedRows(
  {
    table,
    columns,
    doneAt = 'created_at',
    prefix = 'idempotency',
  }: { table: string; columns: string; doneAt?: string; prefix?: string },
  answerOf: (row: never) => object,
): KeyedRows {
  const [keyColumn, fingerprintColumn] = [`${prefix}_key`, `${prefix}_fingerprint`];
  const suffix = `${prefix.replaceAll('_', '-')}-of-${table}`;
  const mark = statement(
    `mark-${suffix}`,
    `update ${table} set ${keyColumn} = $3, ${fingerprintColumn} = $4 where merchant_id = $1 and id = $2 returning true`,
  );
  const find = statement(
    `find-${suffix}`,
    `select *, done_at <= (select gateway_now()) - $3 * interval '1 millisecond' as is_over
     from (select ${columns}, ${fingerprintColumn} as fingerprint, ${doneAt} as done_at
           from ${table} where merchant_id = $1 and ${keyColumn} = $2) found`,
  );
  const free = statement(
    `free-${suffix}`,
    `update ${table} set ${keyColumn} = null, ${fingerprintColumn} = null where merchant_id = $1 and ${keyColumn} = $2`,
  );

  return {
    mark: async (within, { merchantId, key, id, fingerprint }) => {
      try {
        const marked = await within.rows(mark, [merchantId, id, key, fingerprint]);
        if (marked.length === 0) throw new Error(`${id}, which was just made, is not there`);
      } catch (error) {
        if (violatedConstraint(error)?.endsWith(keyColumn) !== true) throw error;
        throw new ClaimLost('the work of the idempotency key was taken over by another call, which has done it');
      }
    },
    find: async (database, { merchantId, key }) => {
      const [row] = await database.rows<Found>(find, [merchantId, key, keyLifeMs]);
      if (row?.is_over === true) await database.rows(free, [merchantId, key]);
      return row === undefined || row.is_over
        ? undefined
        : { fingerprint: row.fingerprint, answer: answerOf(row as never) };
    },
  };
}
