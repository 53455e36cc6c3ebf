/** The script `checkout.js`: gives the page `window.PaymentGateway`, which finds the checkout where the script came from. */
import { home } from './checkout-address.ts';
import { PaymentGateway } from './payment-gateway.ts';

declare global {
  interface Window {
    PaymentGateway?: typeof PaymentGateway;
  }
}

// Null in a module, and without an address when pasted inline: then the option or the local default has to do.
const script = document.currentScript as HTMLScriptElement | null;
if (script?.src) home.origin = new URL(script.src).origin;

// Included twice, the first one stays: there is one class, and what it opened it still knows.
window.PaymentGateway ??= PaymentGateway;
