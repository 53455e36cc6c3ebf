import type { ErrorCode } from '../../shared/contracts/errors.ts';

/** NETWORK is a request that nobody answered, or not in words of ours: whether it arrived is not known. */
export type ApiErrorCode = ErrorCode | 'NETWORK';

/** Everything a request can come to but an answer. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly field: string | undefined;
  /** How long the gateway asks us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
  /** The HTTP status, where anything answered. */
  readonly status: number | undefined;

  constructor(
    code: ApiErrorCode,
    description: string,
    options: { field?: string; retryAfterMs?: number; requestId?: string; status?: number; cause?: unknown } = {},
  ) {
    super(description, { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.field = options.field;
    this.retryAfterMs = options.retryAfterMs;
    this.requestId = options.requestId;
    this.status = options.status;
  }
}
