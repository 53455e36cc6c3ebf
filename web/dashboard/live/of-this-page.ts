import type { Visibility } from './polling.ts';

/** Nobody looks at a page in another tab, and nobody needs an answer on one that its reader is leaving. */
class ThisPage implements Visibility {
  #isLeaving = false;
  readonly #changes = new EventTarget();

  constructor() {
    document.addEventListener('visibilitychange', () => this.#tell());
  }

  isHidden(): boolean {
    return this.#isLeaving || document.hidden;
  }

  watch(onchange: () => void): () => void {
    this.#changes.addEventListener('change', onchange);
    return () => this.#changes.removeEventListener('change', onchange);
  }

  /** The reader is about to go: what is under way is dropped, and nothing is asked until `stay`. */
  leave(): void {
    this.#isLeaving = true;
    this.#tell();
  }

  stay(): void {
    if (!this.#isLeaving) return;
    this.#isLeaving = false;
    this.#tell();
  }

  #tell(): void {
    this.#changes.dispatchEvent(new Event('change'));
  }
}

export const ofThisPage = new ThisPage();
