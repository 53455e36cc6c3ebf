import { untrack } from 'svelte';
import { ApiError } from '../../api/api-error.ts';
import { send } from '../api/api.ts';
import { contact } from './contact.svelte.ts';
import { ofThisPage } from './of-this-page.ts';
import { type Polling, startPolling } from './polling.ts';
import { recall, remember } from './seen.ts';

export type LiveOptions = {
  /** From one answer to the next question, in milliseconds; Infinity asks once. */
  everyMs?: number;
  /** What another path said stays until the new one answers, marked `isStale`: for lists, not for one thing or another. */
  keepsData?: boolean;
};

/**
 * What the API says at a path, kept up to date while the page is looked at. Make it in a component's init. The path is
 * what follows `/api/v1`; null asks nothing, another one begins anew.
 */
export class Live<T> {
  data = $state.raw<T | null>(null);
  /** The last question came to nothing. Data from before stays. */
  error = $state.raw<ApiError | null>(null);
  /** `data` is of the path before. */
  isStale = $state(false);
  readonly #options: Required<LiveOptions>;
  #polling: Polling | null = null;

  constructor(path: () => string | null, { everyMs = 3_000, keepsData = false }: LiveOptions = {}) {
    this.#options = { everyMs, keepsData };
    $effect.pre(() => {
      const wanted = path();
      return untrack(() => this.#begin(wanted));
    });
  }

  /** The first answer is on its way. */
  get isLoading(): boolean {
    return this.data === null && this.error === null;
  }

  /** Asks now, as after something was changed. */
  refresh(): void {
    this.#polling?.ask();
  }

  #begin(path: string | null): (() => void) | undefined {
    const known = path === null ? null : recall(path);
    const keeps = this.#options.keepsData && path !== null && known === null;
    if (!keeps) this.data = known === null ? null : (known.data as T);
    this.isStale = keeps && this.data !== null;
    this.error = null;
    if (path === null) return undefined;
    const polling = startPolling((signal) => this.#ask(path, signal), this.#options.everyMs, ofThisPage);
    this.#polling = polling;
    return () => polling.stop();
  }

  /** Whether the answer was a good one. */
  async #ask(path: string, signal: AbortSignal): Promise<boolean> {
    const etag = recall(path)?.etag;
    try {
      const response = await send(path, { signal, headers: etag ? { 'If-None-Match': etag } : {} });
      if (response.status !== 304) {
        const data = (await response.json()) as T;
        if (signal.aborted) return true;
        remember(path, { data, etag: response.headers.get('ETag') });
        this.data = data;
      }
      this.error = null;
      this.isStale = false;
      contact.answered();
      return true;
    } catch (error) {
      if (signal.aborted) return true;
      this.error =
        error instanceof ApiError ? error : new ApiError('NETWORK', 'The answer broke off', { cause: error });
      contact.failed(this.error);
      return false;
    }
  }
}
