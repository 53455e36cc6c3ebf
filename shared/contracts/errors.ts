import type { ErrorCode } from './error-codes.ts';

// The tables stand apart because a browser reads them, too.
export * from './error-codes.ts';

/**
 * The one error the gateway answers on purpose. `message` is public; the private reason is the `cause`.
 */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    description: string,
    options: { field?: string; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(description, { cause: options.cause });
    this.name = 'GatewayError';
    this.code = code;
    this.field = options.field;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export const badRequest = (description: string, field?: string) =>
  new GatewayError('BAD_REQUEST_ERROR', description, field === undefined ? {} : { field });

export const notFound = (description: string) => new GatewayError('NOT_FOUND_ERROR', description);
