import { errorStatus, GatewayError } from '../contracts/errors.ts';
import { respond } from './answer.ts';
import type { HttpMiddleware } from './call.ts';
import { isDatabaseAway, isRowBusy } from './database-away.ts';
import { errorAnswer } from './error-answer.ts';

/** Turns whatever was thrown into the contract's error body. A stack, an SQL text or a path stays in the log. */
export function errorBoundary(): HttpMiddleware {
  return {
    onError: (request) => {
      const { requestId, log, headers } = request.internal;
      const error = publicError(request.error);
      if (errorStatus[error.code] >= 500) log.error({ err: error.cause ?? error }, 'the request failed');
      request.response = respond(errorAnswer(error, requestId), headers);
    },
  };
}

function publicError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  if (isRowBusy(error)) {
    return new GatewayError('SERVICE_UNAVAILABLE', 'Other requests are at work on the same object; try again shortly', {
      retryAfterSeconds: 2,
      cause: error,
    });
  }
  if (isDatabaseAway(error)) {
    return new GatewayError('SERVICE_UNAVAILABLE', 'The gateway cannot reach its database; try again shortly', {
      retryAfterSeconds: 2,
      cause: error,
    });
  }
  return new GatewayError('INTERNAL_ERROR', 'Something went wrong on our side; nothing you sent is at fault', {
    cause: error,
  });
}
