import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GatewayError } from '../contracts/errors.ts';
import type { Queryable } from '../database/database.ts';
import { type KeyItem, keyItems } from './dynamodb-items.ts';
import type { Finished, FinishedWork } from './finished-work.ts';
import {
  type ClaimOutcome,
  claimLeaseMs,
  ClaimLost,
  type IdempotencyStore,
  type KeptAnswer,
  type KeyClaim,
  keyLifeMs,
  type KeyScope,
} from './idempotency-store.ts';

type Deps = {
  client: DynamoDBClient;
  table: string;
  /** The gateway's clock, in ms. Asked within the transaction when there is one: a Lambda has one connection. */
  clock: (within?: Queryable) => Promise<number>;
  finished: FinishedWork;
};

/** What the store knows of a claim it gave. */
type Held = { readonly fingerprint: string; readonly leaseEndsMs: number; readonly lifeEndsMs: number };

/** A key that another call takes or frees at this very moment is looked at again. */
const maxLooks = 5;

/**
 * Claims and answers in DynamoDB, the last word in the database: the answer cannot commit with the work, so it is kept
 * after the commit, and the row that was made carries the key in case that never happens. An answer beyond DynamoDB's
 * 400 KB is not kept and is answered from its row, like every other that could not be.
 */
export function dynamodbIdempotencyStore({ client, table, clock, finished }: Deps): IdempotencyStore {
  const items = keyItems(client, table);
  const given = new WeakMap<KeyClaim, Held>();
  const heldOf = (claim: KeyClaim): Held => {
    const held = given.get(claim);
    if (held === undefined) throw new Error('this store gave no such claim');
    return held;
  };

  async function take(claim: KeyClaim, fingerprint: string): Promise<ClaimOutcome> {
    const pk = pkOf(claim);
    for (let look = 0; look < maxLooks; look++) {
      const nowMs = await clock();
      const held = { fingerprint, leaseEndsMs: nowMs + claimLeaseMs, lifeEndsMs: nowMs + keyLifeMs };
      given.set(claim, held);
      const wanted = { pk, fingerprint, claim_token: claim.token, ...times(held) };
      if (await items.take(wanted, nowMs)) return { outcome: 'claimed', claim };
      const there = await items.read(pk);
      // The SDK tried twice because the answer to the first, which took it, was lost.
      if (there?.claim_token === claim.token) return { outcome: 'claimed', claim };
      if (there !== undefined && there.free_at > nowMs) return outcomeOf(there);
    }
    return { outcome: 'running', fingerprint };
  }

  async function release(claim: KeyClaim): Promise<void> {
    await items.release(pkOf(claim), claim.token);
  }

  async function keep(claim: KeyClaim, { fingerprint, answer }: Finished): Promise<void> {
    const kept = { fingerprint, answer: JSON.stringify(answer), freeAtMs: heldOf(claim).lifeEndsMs };
    if (!(await items.keep(pkOf(claim), claim.token, kept))) throw lost();
  }

  return {
    claim: async (scope, fingerprint) => {
      const claim = { ...scope, token: randomUUID() };
      const found = await take(claim, fingerprint).catch(unavailable);
      if (found.outcome === 'kept') return found;
      const done = await finished.find(scope).catch(async (error: unknown) => {
        await release(claim).catch(() => undefined);
        throw error;
      });
      if (done === undefined) return found;
      // So that the next call need not look; if it fails, that one looks.
      if (found.outcome === 'claimed') await keep(claim, done).catch(() => undefined);
      return { outcome: 'kept', ...done };
    },
    complete: async (claim, answer, within) => {
      const { fingerprint, leaseEndsMs } = heldOf(claim);
      const nowMs = await clock(within);
      // A call that outlived its claim asks whether it was taken over, although it holds a transaction meanwhile: no
      // Lambda lives so long.
      const isLate = nowMs >= leaseEndsMs;
      if (isLate && !(await items.renew(pkOf(claim), claim.token, nowMs + claimLeaseMs))) throw lost();
      await finished.mark(claim, { fingerprint, answer }, within);
    },
    confirm: (claim, answer) => keep(claim, { fingerprint: heldOf(claim).fingerprint, answer }),
    release,
  };
}

/** As long as the longest route and key together, which is a fifth of what DynamoDB takes for a key. */
const pkOf = ({ merchantId, route, key }: KeyScope) => `${merchantId} ${route} ${key}`;

const times = ({ leaseEndsMs, lifeEndsMs }: Held) => ({
  free_at: leaseEndsMs,
  expires_at: Math.ceil(lifeEndsMs / 1_000),
});

function outcomeOf({ fingerprint, answer }: KeyItem): ClaimOutcome {
  if (answer === undefined) return { outcome: 'running', fingerprint };
  return { outcome: 'kept', fingerprint, answer: JSON.parse(answer) as KeptAnswer };
}

const lost = () => new ClaimLost('the idempotency key was taken over by a later call');

/** Without the store nobody can say whether the work was done, so it is not begun. */
function unavailable(error: unknown): never {
  throw new GatewayError('SERVICE_UNAVAILABLE', 'The gateway cannot look up the Idempotency-Key; try again shortly', {
    retryAfterSeconds: 2,
    cause: error,
  });
}
