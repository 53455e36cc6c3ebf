import { type ErrorCode, errorStatus } from '../contracts/errors.ts';
import type { Answered } from './knock.ts';

/** What a refusal must look like. `says` is searched for in the description. */
export type Refusal = { status: number | readonly number[]; says?: RegExp };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What must not get out: a stack, a path, SQL or the driver's words for it. */
const inside =
  /\n|\bat \S+[:(]|node_modules|\.ts\b|\/[a-z]+\/[a-z]+\/|\b(select|insert|update) \w|postgres|sql|[a-z]Error\b/i;
/** Every refusal of a 400 tells the caller what would have been right. */
const helpful = /must|expected|required|not valid JSON|format invalid|failed|expiry|not public/;

/** What in an answer is not as the contract has refusals; empty when all is well. */
export function faultsIn({ status, headers, json, text }: Answered, { status: wanted, says }: Refusal): string[] {
  const statuses = [wanted].flat();
  if (!statuses.includes(status)) return [`status ${status}, not ${statuses.join(' or ')}: ${text.slice(0, 300)}`];
  const error = json?.error;
  if (typeof error !== 'object') return [`no error body: ${text.slice(0, 300)}`];
  const { code, description, field, request_id: requestId, ...others } = error;
  const faults = [
    Object.keys(json).length !== 1 && 'more than an error in the body',
    Object.keys(others).length > 0 && `unknown keys ${Object.keys(others).join(', ')}`,
    errorStatus[code as ErrorCode] !== status && `code ${code} with status ${status}`,
    (!uuid.test(requestId) || headers['x-request-id'] !== requestId) &&
      `request_id ${requestId}, header ${headers['x-request-id']}`,
    headers['content-type'] !== 'application/json; charset=utf-8' && `content type ${headers['content-type']}`,
    field !== undefined && (typeof field !== 'string' || field === '') && `field ${field}`,
    (typeof description !== 'string' || inside.test(description)) && `it shows its inside: ${description}`,
    status === 400 && !helpful.test(description) && `it does not say what was expected: ${description}`,
    says !== undefined && !says.test(description) && `it does not say ${says}: ${description}`,
  ];
  return faults.filter((fault): fault is string => typeof fault === 'string');
}
