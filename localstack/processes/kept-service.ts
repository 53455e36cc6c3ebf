import { setTimeout as delay } from 'node:timers/promises';
import type { Running } from './running.ts';
import { launch, withLastLines, type Service } from './service.ts';

export interface Witness {
  died: (name: string, how: string, backInMs: number) => void;
  /** Called once; the service stays down. */
  gaveUp: (lastWords: string) => void;
}

/** Five deaths in half a minute are no bad luck: more restarts would only scroll the error away. */
export interface Patience {
  deaths: number;
  withinMs: number;
  firstPauseMs: number;
  longestPauseMs: number;
}

const PATIENCE: Patience = { deaths: 5, withinMs: 30_000, firstPauseMs: 1_000, longestPauseMs: 10_000 };

/** A service that is started again whenever it dies, until it is stopped or hopeless. */
export class KeptService {
  readonly #service: Service;
  readonly #witness: Witness;
  readonly #patience: Patience;
  readonly #stopping = new AbortController();
  #running: Running | undefined;
  #deaths: number[] = [];

  constructor(service: Service, witness: Witness, patience = PATIENCE) {
    this.#service = service;
    this.#witness = witness;
    this.#patience = patience;
  }

  /** Rejects if the first start fails: what never ran is misconfigured, and the person is watching. */
  async start(): Promise<void> {
    await this.#launch();
    void this.#stayUp();
  }

  async stop(graceMs?: number): Promise<void> {
    this.#stopping.abort();
    await this.#running?.stop(graceMs);
  }

  async #launch(): Promise<void> {
    await launch(this.#service, (running) => {
      this.#running = running;
    });
  }

  async #stayUp(): Promise<void> {
    for (;;) {
      const how = (await this.#running?.exited) ?? 'it never started';
      if (this.#isStopping()) return;
      const pauseMs = this.#pauseAfterDeath();
      if (pauseMs === undefined) {
        this.#witness.gaveUp(this.#lastWords());
        return;
      }
      this.#witness.died(this.#service.name, how, pauseMs);
      await delay(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#isStopping()) return;
      // A start that fails is one more death, counted when the loop comes round.
      await this.#launch().catch(() => undefined);
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** undefined: hopeless. */
  #pauseAfterDeath(): number | undefined {
    const { deaths, withinMs, firstPauseMs, longestPauseMs } = this.#patience;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < withinMs), now];
    if (this.#deaths.length >= deaths) return undefined;
    return Math.min(firstPauseMs * 2 ** (this.#deaths.length - 1), longestPauseMs);
  }

  #lastWords(): string {
    const sentence = `${this.#service.name} died ${this.#deaths.length} times in a row; giving up`;
    return this.#running ? withLastLines(sentence, this.#running) : sentence;
  }
}
