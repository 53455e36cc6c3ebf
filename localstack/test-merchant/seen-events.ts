// Retries of one event span hours, not thousands of other events on a laptop; beyond this the oldest are forgotten.
const REMEMBERED = 20_000;

export interface SeenEvents {
  /** Counts this attempt. Without a key every attempt is the first. */
  countAttempt(key: string | undefined): { attempt: number; duplicate: boolean };
  markAccepted(key: string | undefined): void;
}

/** What keeps a shop from shipping twice: the ids it has seen, how often, and whether it accepted them. */
export function createSeenEvents(): SeenEvents {
  const seen = new Map<string, { attempts: number; accepted: boolean }>();

  return {
    countAttempt(key) {
      if (key === undefined) return { attempt: 1, duplicate: false };
      const entry = seen.get(key);
      if (entry) return { attempt: ++entry.attempts, duplicate: entry.accepted };
      seen.set(key, { attempts: 1, accepted: false });
      if (seen.size > REMEMBERED) forgetOldest(seen);
      return { attempt: 1, duplicate: false };
    },
    markAccepted(key) {
      const entry = key === undefined ? undefined : seen.get(key);
      if (entry) entry.accepted = true;
    },
  };
}

function forgetOldest(seen: Map<string, unknown>): void {
  for (const key of seen.keys()) {
    seen.delete(key);
    return;
  }
}
