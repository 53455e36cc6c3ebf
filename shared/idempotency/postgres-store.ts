import { randomUUID } from 'node:crypto';
import { type Queryable, statement } from '../database/database.ts';
import {
  type ClaimOutcome,
  claimLeaseMs,
  ClaimLost,
  type IdempotencyStore,
  type KeptAnswer,
  keyLifeMs,
  type KeyScope,
} from './idempotency-store.ts';

/*
 * The primary key decides between calls at once. The update is for a key that nobody holds any more: it has expired, or
 * its first call died before it committed. Who loses such a key to another call still sees, in this statement's
 * snapshot, what it stood for before; that is nobody's answer, so it sees nothing and looks again.
 */
const claimKey = statement(
  'claim-idempotency-key',
  `with claimed as (
     insert into idempotency_keys as k (merchant_id, route, key, body_hash, claim_token, claimed_until, created_at, expires_at)
     values ($1, $2, $3, $4, $5, (select gateway_now()) + $6 * interval '1 millisecond', (select gateway_now()),
             (select gateway_now()) + $7 * interval '1 millisecond')
     on conflict (merchant_id, route, key) do update
     set body_hash = excluded.body_hash, claim_token = excluded.claim_token, claimed_until = excluded.claimed_until,
         created_at = excluded.created_at, expires_at = excluded.expires_at, response = null
     where k.expires_at <= (select gateway_now())
        or (k.response is null and k.claimed_until <= (select gateway_now()))
     returning true
   )
   select true as claimed, null as body_hash, null as response from claimed
   union all
   select false, body_hash, response from idempotency_keys
   where merchant_id = $1 and route = $2 and key = $3 and not exists (select from claimed)
     and expires_at > (select gateway_now())
     and (response is not null or claimed_until > (select gateway_now()))`,
);

const completeKey = statement(
  'complete-idempotency-key',
  `update idempotency_keys set response = $5
   where merchant_id = $1 and route = $2 and key = $3 and claim_token = $4 and response is null returning true`,
);

const releaseKey = statement(
  'release-idempotency-key',
  `delete from idempotency_keys
   where merchant_id = $1 and route = $2 and key = $3 and claim_token = $4 and response is null`,
);

type ClaimRow = { claimed: boolean; body_hash: string; response: string | null };

/** A key that another call takes or frees at this very moment is not seen; the next look sees how that ended. */
const maxLooks = 5;

export function postgresIdempotencyStore(database: Queryable): IdempotencyStore {
  return {
    claim: async (scope, fingerprint) => {
      const token = randomUUID();
      const values = [...places(scope), fingerprint, token, claimLeaseMs, keyLifeMs];
      for (let look = 0; look < maxLooks; look++) {
        const [row] = await database.rows<ClaimRow>(claimKey, values);
        if (row !== undefined) return outcomeOf(row, { ...scope, token });
      }
      return { outcome: 'running', fingerprint };
    },
    complete: async (claim, answer, within) => {
      const rows = await within.rows(completeKey, [...places(claim), claim.token, JSON.stringify(answer)]);
      if (rows.length === 0) throw new ClaimLost('the idempotency key was taken over by a later call');
    },
    // The answer has committed with the work.
    confirm: async () => undefined,
    release: async (claim) => {
      await database.rows(releaseKey, [...places(claim), claim.token]);
    },
  };
}

const places = ({ merchantId, route, key }: KeyScope) => [merchantId, route, key];

function outcomeOf(
  { claimed, body_hash: fingerprint, response }: ClaimRow,
  claim: KeyScope & { token: string },
): ClaimOutcome {
  if (claimed) return { outcome: 'claimed', claim };
  if (response === null) return { outcome: 'running', fingerprint };
  return { outcome: 'kept', fingerprint, answer: JSON.parse(response) as KeptAnswer };
}
