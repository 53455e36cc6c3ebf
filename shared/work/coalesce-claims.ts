import { isRowsFault } from '../database/rows-fault.ts';
import { coalesce } from '../runtime/coalesce.ts';

/**
 * Claims single rows with shared statements. `claim` answers the rows it got of those asked for.
 * The same id twice in one flush is one claim: the first to ask gets it, the second gets nothing.
 */
export function coalesceClaims<Row extends { id: string }>(
  claim: (ids: readonly string[]) => Promise<readonly Row[]>,
): (id: string) => Promise<Row | undefined> {
  const claimAll = async (ids: readonly string[]) => {
    const claimed = new Map((await claim(ids)).map((row) => [row.id, row]));
    return ids.map((id) => {
      const row = claimed.get(id);
      claimed.delete(id);
      return row;
    });
  };
  return coalesce(claimAll, { retryAlone: isRowsFault });
}
