/** Every error code the API answers, with the HTTP status it always has. */
export const errorStatus = {
  AUTHENTICATION_ERROR: 401,
  BAD_REQUEST_ERROR: 400,
  NOT_FOUND_ERROR: 404,
  INVALID_VPA: 400,
  INVALID_CARD: 400,
  EXPIRED_CARD: 400,
  IDEMPOTENCY_KEY_IN_USE: 409,
  IDEMPOTENCY_KEY_REUSED: 422,
  RATE_LIMIT_ERROR: 429,
  PAYLOAD_TOO_LARGE: 413,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_ERROR: 500,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** Why a payment failed: the `error_code` of a failed payment, with the sentence that goes with it. */
export const paymentFailures = {
  PAYMENT_FAILED: 'The payment was declined by the bank',
  INSUFFICIENT_FUNDS: 'The account does not have enough funds',
  EXPIRED_CARD: 'The card has expired, says the bank that issued it',
  INCORRECT_CVV: 'The security code does not match the card',
  PROCESSING_ERROR: 'The bank could not process the payment',
  PAYMENT_TIMEOUT: 'The payer did not approve the request in time',
  ORDER_ALREADY_PAID: 'Another payment of this order succeeded first; nothing was charged',
} as const;

export type PaymentFailure = keyof typeof paymentFailures;

/** Why a refund failed: the `error_code` of a failed refund, with the sentence that goes with it. */
export const refundFailures = {
  REFUND_FAILED: 'The bank could not return the money; the amount is available for refunds again',
} as const;

export type RefundFailure = keyof typeof refundFailures;
