import type { Queryable } from '../../database/database.ts';
import type { MerchantRow } from '../merchant-store.ts';
import { findSession, touchSession } from './session-store.ts';
import { hashOfToken } from './session-token.ts';

export type ResumedSession = { merchant: MerchantRow; token: string; expiresAt: Date };

/** The session behind a token, which lives on by being used. Undefined when there is none: never was, ended, signed out. */
export async function resumeSession(database: Queryable, token: string): Promise<ResumedSession | undefined> {
  const tokenHash = hashOfToken(token);
  const found = await findSession(database, tokenHash);
  if (found === undefined) return undefined;
  const { merchant, needsTouch, expiresAt } = found;
  const extended = needsTouch ? await touchSession(database, tokenHash) : undefined;
  return { merchant, token, expiresAt: extended ?? expiresAt };
}
