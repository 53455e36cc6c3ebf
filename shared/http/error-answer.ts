import { errorStatus, type GatewayError } from '../contracts/errors.ts';
import { type Answer, jsonAnswer } from './answer.ts';

/** The contract's error body. Nothing of the private cause is in it. */
export function errorAnswer(error: GatewayError, requestId: string): Answer {
  const { code, field, retryAfterSeconds, message: description } = error;
  const body = { error: { code, description, ...(field !== undefined && { field }), request_id: requestId } };
  const headers = retryAfterSeconds === undefined ? undefined : { 'Retry-After': String(retryAfterSeconds) };
  return jsonAnswer(errorStatus[code], body, headers);
}
