import type { NewPayment } from '../../api/gateway-api.ts';
import type { OpenAttempt } from './attempt.ts';
import type { AttemptMemory, RememberedAttempt } from './remembered-attempt.ts';

/** What the shopper wants to pay with, and the key under which it was sent, which outlives a reload of the page. */
export class CurrentTry {
  body: NewPayment | null = null;
  readonly #memory: AttemptMemory;
  readonly #newKey: () => string;
  #key: string | null = null;

  constructor(memory: AttemptMemory, newKey: () => string) {
    this.#memory = memory;
    this.#newKey = newKey;
  }

  /** Kept until the outcome is known: a second try under it cannot become a second payment. */
  get key(): string {
    return (this.#key ??= this.#newKey());
  }

  get vpa(): string | undefined {
    return this.body?.method === 'upi' ? this.body.vpa : undefined;
  }

  /** @returns what an earlier page left behind about the order. */
  recall(orderId: string): RememberedAttempt | null {
    const remembered = this.#memory.recall(orderId);
    // A payment that is known is watched; its key has done its work.
    this.#key = remembered !== null && remembered.paymentId === null ? remembered.key : null;
    return remembered;
  }

  remember(orderId: string, attempt: OpenAttempt): void {
    if (attempt.step === 'sending') this.#key = attempt.key;
    if (this.#key === null) return;
    const paymentId = attempt.step === 'polling' ? attempt.paymentId : null;
    this.#memory.remember({ orderId, key: this.#key, paymentId });
  }

  forget(): void {
    this.#key = null;
    this.#memory.forget();
  }
}
