/**
 * The idempotency key for what is about to be sent: the same one while the body is the same, so that sending again after
 * an answer was lost does nothing twice; a new one for another body, which the API would refuse under the old.
 */
export class AttemptKey {
  #body = '';
  #key = '';
  readonly #newKey: () => string;

  constructor(newKey: () => string = () => crypto.randomUUID()) {
    this.#newKey = newKey;
  }

  for(body: unknown): string {
    const text = JSON.stringify(body);
    if (this.#key === '' || text !== this.#body) this.#key = this.#newKey();
    this.#body = text;
    return this.#key;
  }

  /** It is done: the same again is meant to be done again. */
  done(): void {
    this.#key = '';
  }
}
