import type { ApiError } from '../../api/api-error.ts';

/** Whether the gateway still answers. What is on the page stays; but nobody should take it for what is. */
class Contact {
  /** When the last answer came, in milliseconds, while there are none. */
  lostSinceMs = $state.raw<number | null>(null);
  #lastAnswerMs = Date.now();

  answered(): void {
    this.#lastAnswerMs = Date.now();
    this.lostSinceMs = null;
  }

  /** An error in the gateway's own words about what was asked is an answer, too. */
  failed({ code }: Pick<ApiError, 'code'>): void {
    const isSilence = code === 'NETWORK' || code === 'SERVICE_UNAVAILABLE' || code === 'INTERNAL_ERROR';
    if (!isSilence) this.answered();
    else this.lostSinceMs ??= this.#lastAnswerMs;
  }
}

export const contact = new Contact();
