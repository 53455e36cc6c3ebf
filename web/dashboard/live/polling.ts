export interface Polling {
  /** Asks at once, and again if an answer is under way: that one may be older than what the caller did. */
  ask(): void;
  stop(): void;
}

export interface Visibility {
  isHidden(): boolean;
  /** Calls back on every change, until the answer of it is called. */
  watch(onchange: () => void): () => void;
}

const longestWaitMs = 30_000;

/**
 * Asks over and over, `everyMs` after each answer, and not at all while nobody looks. After failures the wait doubles up to
 * 30 s. Infinity asks once.
 */
export function startPolling(
  answer: (signal: AbortSignal) => Promise<boolean>,
  everyMs: number,
  visibility: Visibility,
): Polling {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let under = new AbortController();
  let failures = 0;
  let isStopped = false;

  function ask() {
    clearTimeout(timer);
    under.abort();
    const mine = (under = new AbortController());
    void answer(mine.signal).then((isGood) => {
      if (mine.signal.aborted || isStopped) return;
      failures = isGood ? 0 : failures + 1;
      const waitMs =
        failures === 0 ? everyMs : Math.min(longestWaitMs, Math.min(everyMs, longestWaitMs) * 2 ** failures);
      if (Number.isFinite(waitMs) && !visibility.isHidden()) timer = setTimeout(ask, waitMs);
    });
  }

  const unwatch = visibility.watch(() => {
    if (visibility.isHidden()) clearTimeout(timer);
    else if (Number.isFinite(everyMs)) ask();
  });
  ask();
  return {
    ask,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      under.abort();
      unwatch();
    },
  };
}
