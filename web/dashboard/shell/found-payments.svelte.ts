import type { List, Payment } from '../api/objects.ts';
import { get } from '../api/api.ts';

/** Typing is quicker than asking about every letter of it. */
const pauseMs = 120;
/** What is shorter names nothing. */
const shortest = 3;

/** The payments that what is typed names. Make it in a component's init. */
export class FoundPayments {
  data = $state.raw<readonly Payment[]>([]);
  /** What they were found by. */
  q = $state('');

  constructor(typed: () => string) {
    $effect(() => {
      const q = typed();
      if (q.length < shortest) {
        this.data = [];
        return undefined;
      }
      let isWanted = true;
      const timer = setTimeout(() => {
        void search(q).then((list) => {
          if (!isWanted || list === null) return;
          this.data = list.data;
          this.q = q;
        });
      }, pauseMs);
      return () => {
        isWanted = false;
        clearTimeout(timer);
      };
    });
  }
}

/** Null when nobody answered: what was found before stays. */
const search = (q: string): Promise<List<Payment> | null> =>
  get<List<Payment>>(`/payments?limit=5&q=${encodeURIComponent(q)}`).catch(() => null);
