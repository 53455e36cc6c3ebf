import { SvelteMap } from 'svelte/reactivity';
import { get } from '../../../api/api.ts';
import type { Payment } from '../../../api/objects.ts';

/** A refund says no currency; its payment does. Asked once for each payment. */
export class Currencies {
  readonly #known = new SvelteMap<string, string>();
  readonly #asked: Record<string, boolean> = {};

  of(paymentId: string): string | undefined {
    return this.#known.get(paymentId);
  }

  learn(paymentIds: readonly string[]): void {
    for (const id of paymentIds) {
      if (this.#asked[id]) continue;
      this.#asked[id] = true;
      get<Payment>(`/payments/${id}`).then(
        ({ currency }) => this.#known.set(id, currency),
        () => (this.#asked[id] = false),
      );
    }
  }
}
