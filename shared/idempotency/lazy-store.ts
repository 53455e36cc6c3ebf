import type { IdempotencyStore } from './idempotency-store.ts';

/** A store whose code is loaded by the first request that has a key. */
export function lazyStore(load: () => Promise<IdempotencyStore>): IdempotencyStore {
  let loading: Promise<IdempotencyStore> | undefined;
  const loaded = () => (loading ??= load());
  return {
    claim: async (scope, fingerprint) => (await loaded()).claim(scope, fingerprint),
    complete: async (claim, answer, within) => (await loaded()).complete(claim, answer, within),
    confirm: async (claim, answer) => (await loaded()).confirm(claim, answer),
    release: async (claim) => (await loaded()).release(claim),
  };
}
