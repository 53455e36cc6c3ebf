import { GatewayError } from '../contracts/errors.ts';
import type { Fingerprinter } from '../secrets/fingerprinter.ts';
import { canonicalJson } from './canonical-json.ts';
import type { IdempotencyStore, KeptAnswer, KeyClaim, KeyScope } from './idempotency-store.ts';

export type Begun = { begun: 'first'; claim: KeyClaim } | { begun: 'repeated'; answer: KeptAnswer };

/**
 * Begins the work of a key, or finds that it has been done.
 * @param request what the caller asked for: the ids of the path, and the body as it was sent. Its order of keys and its
 * spaces do not matter.
 * @throws IDEMPOTENCY_KEY_REUSED when the key stands for another request, IDEMPOTENCY_KEY_IN_USE while its first call
 * runs.
 */
export async function beginOnce(
  { idempotency, fingerprinter }: { idempotency: IdempotencyStore; fingerprinter: Fingerprinter },
  scope: KeyScope,
  request: unknown,
): Promise<Begun> {
  const text = canonicalJson(request);
  const found = await idempotency.claim(scope, fingerprinter.of(text));
  if (found.outcome === 'claimed') return { begun: 'first', claim: found.claim };
  if (!fingerprinter.matches(text, found.fingerprint)) throw reused();
  if (found.outcome === 'running') throw inUse();
  return { begun: 'repeated', answer: found.answer };
}

/** Of the first request nothing is said: whoever reused the key may not be who made it. */
const reused = () =>
  new GatewayError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used with another request; every new request needs a key of its own',
    { field: 'Idempotency-Key' },
  );

export const inUse = () =>
  new GatewayError('IDEMPOTENCY_KEY_IN_USE', 'The first request with this Idempotency-Key is still running', {
    field: 'Idempotency-Key',
    retryAfterSeconds: 1,
  });
