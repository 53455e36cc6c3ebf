import type { ApiErrorCode } from '../../api/api-error.ts';
import type { PaymentFailure } from '../../../shared/contracts/errors.ts';
import type { PaymentMethod } from '../../../shared/contracts/payments.ts';

/** What a shopper is told, and what is offered. `code` and `description` are for the page that embeds us. */
export type Failure = {
  code: string;
  description: string;
  paymentId: string | null;
  happened: string;
  todo: string;
  /** Whether the same may be tried again; if not, nothing is offered but the way out. */
  mayRetry: boolean;
};

type Words = { happened: string; todo: string; mayRetry?: false };

const notCharged = 'You have not been charged.';
// A bank that stumbled or kept silent may have reserved the amount first, so the sentence above would be a guess.
const perhapsReserved = 'If your bank shows the amount as taken, it will give it back.';

const declined: Record<PaymentMethod, Words> = {
  upi: {
    happened: `The payment was declined. ${notCharged}`,
    todo: 'Try again and approve it in your UPI app, or use another method.',
  },
  card: {
    happened: `Your bank declined this payment. ${notCharged}`,
    todo: 'Try again, or use another card or method. Your bank can tell you why.',
  },
};

/** A code that is added to the contract does not compile until it has its words. */
const paymentWords: Record<PaymentFailure, Words | null> = {
  PAYMENT_FAILED: null,
  INSUFFICIENT_FUNDS: {
    happened: `There is not enough money in the account. ${notCharged}`,
    todo: 'Add money and try again, or use another method.',
  },
  EXPIRED_CARD: {
    happened: `Your bank says that this card has expired. ${notCharged}`,
    todo: 'Check the expiry date, or use another card or method.',
  },
  INCORRECT_CVV: {
    happened: `The security code does not match the card. ${notCharged}`,
    todo: 'Enter the code again and try once more.',
  },
  PROCESSING_ERROR: {
    happened: `The bank could not process the payment. ${perhapsReserved}`,
    todo: 'Try again in a minute, or use another method.',
  },
  PAYMENT_TIMEOUT: {
    happened: `The request was not approved in time. ${perhapsReserved}`,
    todo: 'Try again and approve it in your UPI app, or use another method.',
  },
  ORDER_ALREADY_PAID: {
    happened: `This order was paid by another payment. ${notCharged}`,
    todo: 'There is nothing left to do.',
    mayRetry: false,
  },
};

type PaidInVain = {
  id: string;
  method: PaymentMethod;
  error_code?: string | undefined;
  error_description?: string | undefined;
};

export function failureOfPayment({ id, method, error_code, error_description }: PaidInVain): Failure {
  const known = error_code !== undefined && Object.hasOwn(paymentWords, error_code);
  const words = (known ? paymentWords[error_code as PaymentFailure] : null) ?? declined[method];
  // Of a code from the future nobody here knows what it means for the money.
  const happened = known || error_code === undefined ? words.happened : 'The payment did not go through.';
  return {
    code: error_code ?? 'PAYMENT_FAILED',
    description: error_description ?? happened,
    paymentId: id,
    happened,
    todo: words.todo,
    mayRetry: words.mayRetry ?? true,
  };
}

const refusalWords: Partial<Record<ApiErrorCode, Words>> = {
  INVALID_VPA: { happened: `This UPI ID cannot be used. ${notCharged}`, todo: 'Check it letter by letter.' },
  INVALID_CARD: { happened: `These card details cannot be used. ${notCharged}`, todo: 'Compare them with your card.' },
  EXPIRED_CARD: {
    happened: `This card has expired. ${notCharged}`,
    todo: 'Check the expiry date, or use another card.',
  },
};

/** The gateway did not even take it: there is no payment, so nobody was charged. */
export function failureOfRefusal({ code, message }: { code: ApiErrorCode; message: string }): Failure {
  const words = refusalWords[code] ?? {
    happened: `The payment could not be started. ${notCharged}`,
    todo: 'Try again, or use another method.',
  };
  return { code, description: message, paymentId: null, ...words, mayRetry: words.mayRetry ?? true };
}
