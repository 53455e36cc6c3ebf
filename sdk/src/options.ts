/** The payment is through. Check it on your server before you deliver: what a browser says can be forged by its user. */
export interface PaymentSuccess {
  paymentId: string;
  orderId: string;
  status: 'success';
}

/** An attempt failed; the shopper may try again in the same modal. */
export interface PaymentFailure {
  code: string;
  description: string;
  /** Null when no payment could even be made. */
  paymentId: string | null;
}

export interface PaymentGatewayOptions {
  /** Your public API key. Never the secret. */
  key: string;
  /** The order to pay, made by your server. */
  orderId: string;
  onSuccess?: (payment: PaymentSuccess) => void;
  onFailure?: (failure: PaymentFailure) => void;
  /** Once for each `open()`, however it ended. */
  onClose?: () => void;
  /** Where the checkout is served, e.g. `https://checkout.example`. `checkout.js` knows it: where it came from itself. */
  checkoutOrigin?: string;
}
