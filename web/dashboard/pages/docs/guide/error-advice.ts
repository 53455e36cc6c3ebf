import type { ErrorCode } from '../../../../../shared/contracts/error-codes.ts';

/** What to do about each error the API answers. */
export const errorAdvice: Readonly<Record<ErrorCode, string>> = {
  AUTHENTICATION_ERROR: 'Send both headers, X-Api-Key and X-Api-Secret, of the same merchant.',
  BAD_REQUEST_ERROR: 'The description says what was expected and what came; field names the input at fault.',
  NOT_FOUND_ERROR: 'Look at the id. An object of another merchant is not found, either.',
  INVALID_VPA: 'A UPI ID looks like name@bank.',
  INVALID_CARD: 'Ask the shopper to check the number and the security code.',
  EXPIRED_CARD: 'Ask for another card, or for the right month and year.',
  IDEMPOTENCY_KEY_IN_USE: 'The first request still runs. Wait a moment and send it again.',
  IDEMPOTENCY_KEY_REUSED: 'This key belongs to another request. A new request needs a new key.',
  RATE_LIMIT_ERROR: 'Wait as many seconds as Retry-After says.',
  PAYLOAD_TOO_LARGE: 'Keep the body under 64 KiB.',
  SERVICE_UNAVAILABLE: 'Try again after Retry-After; with an Idempotency-Key that is safe.',
  INTERNAL_ERROR: 'It is our fault. Try again with the same Idempotency-Key, and name the request_id if it stays.',
};
