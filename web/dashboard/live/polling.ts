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
 * Asks over and over, `everyMs` after each answer, and not at all while nobody looks: a question under way is dropped
 * then, and asked anew when somebody looks again. After failures the wait doubles up to 30 s. Infinity asks once.
 */
export function startPolling(
  answer: (signal: AbortSignal) => Promise<boolean>,
  everyMs: number,
  visibility: Visibility,
): Polling {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let under = new AbortController();
  let failures = 0;
  let isUnanswered = false;

  function ask() {
    clearTimeout(timer);
    under.abort();
    const mine = (under = new AbortController());
    isUnanswered = true;
    void answer(mine.signal).then((isGood) => {
      if (mine.signal.aborted) return;
      isUnanswered = false;
      failures = isGood ? 0 : failures + 1;
      const waitMs =
        failures === 0 ? everyMs : Math.min(longestWaitMs, Math.min(everyMs, longestWaitMs) * 2 ** failures);
      if (Number.isFinite(waitMs) && !visibility.isHidden()) timer = setTimeout(ask, waitMs);
    });
  }

  function halt() {
    clearTimeout(timer);
    under.abort();
  }

  const unwatch = visibility.watch(() => {
    if (visibility.isHidden()) halt();
    else if (isUnanswered || Number.isFinite(everyMs)) ask();
  });
  ask();
  return {
    ask,
    stop: () => {
      halt();
      unwatch();
    },
  };
}
