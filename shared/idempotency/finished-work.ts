import type { Queryable } from '../database/database.ts';
import type { KeptAnswer, KeyScope } from './idempotency-store.ts';

/** What was done under a key, and of what request. */
export type Finished = { readonly fingerprint: string; readonly answer: KeptAnswer };

/**
 * What the database itself knows of a key, for a store that cannot commit with the work: the row that was made carries
 * the key, unique for its merchant. So of two calls with one key at most one commits, and the answer to a call whose host
 * died after its commit can be read from what it made.
 */
export interface FinishedWork {
  /**
   * Writes the key on the row that the answer names, within the transaction that makes it.
   * @throws ClaimLost when another row of that merchant carries the key.
   */
  mark(scope: KeyScope, finished: Finished, within: Queryable): Promise<void>;
  /** @returns undefined when nothing was done under the key within its life. */
  find(scope: KeyScope): Promise<Finished | undefined>;
}
