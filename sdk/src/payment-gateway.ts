import { checkOptions } from './check-options.ts';
import { home } from './checkout-address.ts';
import { MODAL_ID } from './modal.ts';
import { openCheckout } from './open-checkout.ts';
import type { PaymentGatewayOptions } from './options.ts';

/** The checkout of one order, as a modal over your page. */
export class PaymentGateway {
  readonly #options;
  #close: (() => void) | undefined;

  /** @throws TypeError that names the option at fault. */
  constructor(options: PaymentGatewayOptions) {
    this.#options = checkOptions(options, home.origin);
  }

  /** Opens the modal. While one is open on the page, whoever opened it, this does nothing. */
  open(): void {
    if (document.getElementById(MODAL_ID)) return;
    // Thrown out by the page in this very moment: it ends before another begins.
    this.close();
    this.#close = openCheckout(this.#options);
  }

  /** Closes the modal at once, a payment in processing or not: it goes on without it. Does nothing if none is open. */
  close(): void {
    this.#close?.();
  }
}
