import type { Queryable } from '../database/database.ts';

/** A key belongs to one merchant and one route; elsewhere the same letters are another key. */
export type KeyScope = { merchantId: string; route: string; key: string };

/** An answer as it went out: a repetition gets the same status and the same bytes. */
export type KeptAnswer = { status: number; headers: Readonly<Record<string, string>>; body: string };

/** The right to do the work of a key. The token is the fence: who took a claim over has another one. */
export type KeyClaim = KeyScope & { token: string };

export type ClaimOutcome =
  | { outcome: 'claimed'; claim: KeyClaim }
  /** The first call has not ended. */
  | { outcome: 'running'; fingerprint: string }
  | { outcome: 'kept'; fingerprint: string; answer: KeptAnswer };

/** A call was so slow that another one with its key has taken the work over; it must not commit. */
export class ClaimLost extends Error {
  override name = 'ClaimLost';
}

/** How long a key is remembered, from its first call. */
export const keyLifeMs = 24 * 60 * 60 * 1_000;

/**
 * How long a first call is believed to run. It is longer than any call takes - a foreign call's deadline and the
 * statements around it - and what a client waits at most after the host of its first call was killed. A call that is
 * slower all the same is fenced off by its token.
 */
export const claimLeaseMs = 15_000;

/** Where keys and answers are kept. Every implementation passes `idempotencyStoreContract`. */
export interface IdempotencyStore {
  /** Takes a key that is new, has expired, or whose first call died. Of calls at once, exactly one gets it. */
  claim(scope: KeyScope, fingerprint: string): Promise<ClaimOutcome>;
  /**
   * Keeps the answer for the rest of the key's life, within the transaction of the work, so that both commit or neither.
   * A store elsewhere leaves a mark in that transaction by which the answer can be found again.
   * @throws ClaimLost
   */
  complete(claim: KeyClaim, answer: KeptAnswer, within: Queryable): Promise<void>;
  /** The work has committed. A store elsewhere keeps the answer now; when that fails, the mark answers for it. */
  confirm(claim: KeyClaim, answer: KeptAnswer): Promise<void>;
  /** Frees the key, unless its answer is kept or the claim was lost. */
  release(claim: KeyClaim): Promise<void>;
}
