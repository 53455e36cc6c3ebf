import { type Queryable, statement } from '../../database/database.ts';
import { merchantColumns, type MerchantRow } from '../merchant-store.ts';

const hour = 60 * 60 * 1000;
/** A session ends this long after it was last used ... */
export const idleMs = 12 * hour;
/** ... and this long after its beginning, however much it is used. */
export const lifetimeMs = 7 * 24 * hour;
/** A page asks every few seconds; to write each time would be a write for every read. */
const touchEveryMs = 60_000;

const ms = (number: number) => `${number} * interval '1 millisecond'`;
const endOf = (createdAt: string) => `least(gateway_now() + ${ms(idleMs)}, ${createdAt} + ${ms(lifetimeMs)})`;

/*
 * For share: a new password or a deactivation that is under way is waited for and then seen, and one that comes later
 * finds this session and ends it.
 */
const insert = statement(
  'insert-session',
  `insert into dashboard_sessions (token_hash, merchant_id, expires_at)
   select $1, m.id, ${endOf('gateway_now()')} from merchants m
   where m.id = $2 and m.is_active and m.password_hash is not distinct from $3 for share of m
   returning expires_at`,
);

/** @returns when it ends, or undefined when the merchant was deactivated or got another password meanwhile. */
export async function insertSession(
  database: Queryable,
  { tokenHash, merchantId, passwordHash }: { tokenHash: Buffer; merchantId: string; passwordHash: string | null },
): Promise<Date | undefined> {
  const [row] = await database.rows<{ expires_at: Date }>(insert, [tokenHash, merchantId, passwordHash]);
  return row?.expires_at;
}

export type FoundSession = { merchant: MerchantRow; expiresAt: Date; needsTouch: boolean };

const find = statement(
  'find-session',
  `select ${merchantColumns.map((column) => `m.${column}`).join(', ')}, s.expires_at,
          s.last_seen_at + ${ms(touchEveryMs)} <= (select gateway_now()) as needs_touch
   from dashboard_sessions s join merchants m on m.id = s.merchant_id
   where s.token_hash = $1 and s.expires_at > (select gateway_now()) and m.is_active`,
);

/** A session that has not ended, with its merchant. */
export async function findSession(database: Queryable, tokenHash: Buffer): Promise<FoundSession | undefined> {
  const [row] = await database.rows<MerchantRow & { expires_at: Date; needs_touch: boolean }>(find, [tokenHash]);
  if (row === undefined) return undefined;
  const { expires_at: expiresAt, needs_touch: needsTouch, ...merchant } = row;
  return { merchant, expiresAt, needsTouch };
}

const touch = statement(
  'touch-session',
  `update dashboard_sessions set last_seen_at = gateway_now(), expires_at = ${endOf('created_at')}
   where token_hash = $1 and last_seen_at + ${ms(touchEveryMs)} <= gateway_now() returning expires_at`,
);

/** @returns when it ends now, or undefined when somebody else has touched it in this moment, or ended it. */
export async function touchSession(database: Queryable, tokenHash: Buffer): Promise<Date | undefined> {
  const [row] = await database.rows<{ expires_at: Date }>(touch, [tokenHash]);
  return row?.expires_at;
}

const end = statement('end-session', 'delete from dashboard_sessions where token_hash = $1');

export async function endSession(database: Queryable, tokenHash: Buffer): Promise<void> {
  await database.rows(end, [tokenHash]);
}

const endAll = statement('end-sessions-of-merchant', 'delete from dashboard_sessions where merchant_id = $1');

/**
 * Signs a merchant out everywhere. In the transaction that changed the merchant, and after the change: a sign-in that
 * was quicker is then seen here, and a slower one sees the change.
 */
export async function endSessionsOf(transaction: Queryable, merchantId: string): Promise<void> {
  await transaction.rows(endAll, [merchantId]);
}
