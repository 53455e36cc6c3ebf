import type { List, Payment, Refund } from '../../../api/objects.ts';
import { Live } from '../../../live/live.svelte.ts';

const shown = 6;

/** The payments that have something to give back, newest first. Make it in a component's init. */
export class RefundablePayments {
  readonly #lists: readonly Live<List<Payment>>[];

  constructor(search: () => string) {
    // The API filters by one status; both are one list to a person.
    this.#lists = ['success', 'partially_refunded'].map(
      (status) =>
        new Live<List<Payment>>(
          () => `/payments?status=${status}&limit=${shown}${search() && `&q=${encodeURIComponent(search())}`}`,
          { everyMs: 5_000, keepsData: true },
        ),
    );
  }

  readonly payments = $derived.by(() =>
    this.#lists
      .flatMap((list) => list.data?.data ?? [])
      .sort((one, other) => other.created_at.localeCompare(one.created_at))
      .slice(0, shown),
  );
  get total(): number {
    return this.#lists.reduce((sum, list) => sum + (list.data?.total ?? 0), 0);
  }
  get isLoading(): boolean {
    return this.#lists.some((list) => list.isLoading);
  }
  get error() {
    return this.#lists.find((list) => list.data === null && list.error)?.error ?? null;
  }
  refresh(): void {
    for (const list of this.#lists) list.refresh();
  }
}

/** A payment with what is left of it. Make it in a component's init. */
export class ChosenPayment {
  readonly live: Live<Payment>;
  readonly #pending: Live<List<Refund>>;

  constructor(id: () => string) {
    const path = (rest: string) => () => (id() === '' ? null : `/payments/${encodeURIComponent(id())}${rest}`);
    this.live = new Live<Payment>(path(''), { everyMs: 2_000 });
    this.#pending = new Live<List<Refund>>(path('/refunds?status=pending&limit=100'), { everyMs: 2_000 });
  }

  get payment(): Payment | null {
    return this.live.data;
  }
  get pending(): number {
    return (this.#pending.data?.data ?? []).reduce((sum, { amount }) => sum + amount, 0);
  }
  /** What may still be refunded, in minor units; null until it is known. What is pending counts as gone. */
  get left(): number | null {
    if (this.live.data === null || this.#pending.data === null) return null;
    return this.live.data.amount - this.live.data.amount_refunded - this.pending;
  }
  refresh(): void {
    this.live.refresh();
    this.#pending.refresh();
  }
}
