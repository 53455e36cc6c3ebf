import type { PaymentFailure } from '../../../../shared/contracts/errors.ts';

/** Whether trying again can help, and with what. */
const advice: Record<PaymentFailure, string> = {
  PAYMENT_FAILED: 'The bank gives no reason. Another card or UPI ID may work.',
  INSUFFICIENT_FUNDS: 'Trying again helps once there is money, or with another card or UPI ID.',
  EXPIRED_CARD: 'Trying again with the same card does not help; another one may.',
  INCORRECT_CVV: 'Trying again with the right security code helps.',
  PROCESSING_ERROR: 'The trouble was the bank’s. Trying again in a while may help.',
  PAYMENT_TIMEOUT: 'The shopper did not answer the request. Trying again helps.',
  ORDER_ALREADY_PAID: 'There is nothing left to pay.',
};

const isKnown = (code: string): code is PaymentFailure => Object.hasOwn(advice, code);

export const adviceOnFailure = (code: string | undefined): string =>
  advice[code !== undefined && isKnown(code) ? code : 'PAYMENT_FAILED'];
