import { type Queryable, statement } from '../../database/database.ts';

const purge = statement(
  'purge-sessions',
  `delete from dashboard_sessions where token_hash in (
     select token_hash from dashboard_sessions where expires_at <= (select gateway_now())
     order by expires_at limit $1 for update skip locked
   ) returning true`,
);

/** Short statements, so that none of them stands in a request's way for long. */
const batch = 1_000;

/** Deletes the sessions that have ended. Nothing depends on it: an ended session opens nothing. @returns how many. */
export async function purgeExpiredSessions({ database }: { database: Queryable }): Promise<number> {
  let total = 0;
  for (;;) {
    const { length } = await database.rows(purge, [batch]);
    total += length;
    if (length < batch) return total;
  }
}
