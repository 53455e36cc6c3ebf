/** Settings by name. */
export type Secrets = Readonly<Record<string, string>>;

/** A rotated secret is in use everywhere this long after it was written; so long the old one must stay good. */
export const freshForMs = 5 * 60_000;

/** While the store is away nobody waits for it at every call. */
const askAgainAfterMs = 30_000;

/**
 * Reads secrets once and again when they are old.
 * @param clockMs the time in milliseconds, also while the process was frozen.
 */
export function keptSecrets(
  read: () => Promise<Secrets>,
  {
    clockMs,
    onChange,
    onTrouble,
  }: { clockMs: () => number; onChange: (secrets: Secrets) => Promise<void>; onTrouble: (error: unknown) => void },
): { beFresh(): Promise<void> } {
  let known: Secrets | undefined;
  let askAtMs = 0;

  async function refresh(): Promise<void> {
    const secrets = await read();
    const before = known;
    known = secrets;
    askAtMs = clockMs() + freshForMs;
    if (before === undefined || !isSame(before, secrets)) await onChange(secrets);
  }

  return {
    /** @throws what reading throws, as long as nothing has ever been read. */
    beFresh: async () => {
      if (clockMs() < askAtMs) return;
      try {
        await refresh();
      } catch (error) {
        if (known === undefined) throw error;
        askAtMs = clockMs() + askAgainAfterMs;
        onTrouble(error);
      }
    },
  };
}

const isSame = (one: Secrets, other: Secrets) =>
  Object.keys({ ...one, ...other }).every((name) => one[name] === other[name]);
