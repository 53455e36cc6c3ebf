import type { RateStore, Standing } from './rate-store.ts';

const forMs = 1_000;
/** More callers than this within a second are not kept apart; all of them are looked up again. */
const mostKeys = 10_000;

/**
 * Saves trips to a store that is far away: a key that was within its limit is not looked up again for a second, unless it
 * was counted here. What other processes counted in that second shows at its end.
 */
export function rememberLooks(store: RateStore): RateStore {
  const seen = new Map<string, { standing: Standing; untilMs: number }>();
  const nameOf = (policy: string, key: string) => `${policy} ${key}`;

  return {
    count: async (policy, key) => {
      try {
        return await store.count(policy, key);
      } finally {
        seen.delete(nameOf(policy, key));
      }
    },
    look: async (policy, key) => {
      const name = nameOf(policy, key);
      const known = seen.get(name);
      if (known !== undefined && known.untilMs > performance.now()) return known.standing;
      const standing = await store.look(policy, key);
      if (seen.size >= mostKeys) seen.clear();
      if (standing.isOver) seen.delete(name);
      else seen.set(name, { standing, untilMs: performance.now() + forMs });
      return standing;
    },
    close: () => store.close(),
  };
}
