import type { Queryable } from '../../database/database.ts';
import { endSession } from './session-store.ts';
import { hashOfToken } from './session-token.ts';

/** Ends a session here, not only in the browser: a copy of its cookie is worth nothing from now on. */
export const signOut = ({ database }: { database: Queryable }, token: string): Promise<void> =>
  endSession(database, hashOfToken(token));
