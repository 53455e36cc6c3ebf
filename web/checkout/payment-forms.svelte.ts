import type { Instrument } from '../../shared/contracts/instruments.ts';
import type { PaymentMethod } from '../../shared/contracts/payments.ts';
import { type CardField, cardFields, noCard, whatIsWrongWithCard } from './card/card-entry.ts';
import { FormDraft } from './form-draft.svelte.ts';
import { testCard } from './card/test-card.ts';
import { whatIsWrongWithVpa } from './upi/vpa.ts';

/** What the shopper wrote, in every method at once: it outlives the screens. */
export class PaymentForms {
  method = $state.raw<PaymentMethod>('upi');
  readonly upi = new FormDraft(['vpa'], { vpa: '' }, ({ vpa }) => ({ vpa: whatIsWrongWithVpa(vpa) }));
  readonly card: FormDraft<CardField>;
  readonly #today: () => Date;

  constructor(today: () => Date) {
    this.#today = today;
    this.card = new FormDraft(cardFields, noCard, (entry) => whatIsWrongWithCard(entry, today()));
  }

  fillWith({ method, value }: Instrument): void {
    this.method = method;
    if (method === 'upi') this.upi.fill({ vpa: value });
    else this.card.fill(testCard(value, this.#today()));
  }
}
