import type { Database, Queryable } from '../database/database.ts';

/** Stores the answer to the request in the transaction of the work it answers. */
export type KeepAnswer = (within: Queryable, answer: object) => Promise<void>;

/**
 * Runs a use case's one statement. With an Idempotency-Key the answer commits with it; without one there is nothing
 * that would need a transaction.
 */
export function commitAnswer<T extends object>(
  database: Database,
  keep: KeepAnswer | undefined,
  write: (within: Queryable) => Promise<T>,
): Promise<T> {
  if (keep === undefined) return write(database);
  return database.transaction(async (within) => {
    const answer = await write(within);
    await keep(within, answer);
    return answer;
  });
}
