import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { badRequest, GatewayError } from '../contracts/errors.ts';

const maxBytes = 64 * 1024;
const maxDepth = 32;

/**
 * The request's body as a JSON value that is safe to work with.
 * @throws PAYLOAD_TOO_LARGE over 64 KiB; BAD_REQUEST_ERROR for anything that is not UTF-8 JSON, is nested deeper than
 * 32 levels, or has text that PostgreSQL cannot hold.
 */
export function readJsonBody(event: APIGatewayProxyEventV2): unknown {
  const text = bodyText(event);
  if (text.trim() === '') throw badRequest('A JSON object was expected as the request body, but it is empty');
  // The platform has decoded the bytes already; what was not UTF-8 stands there as the replacement character.
  if (text.includes('\uFFFD')) throw badRequest('The request body must be UTF-8, but it holds bytes that are not');
  checkDepth(text);
  const value = parse(text);
  checkText(value, '');
  return value;
}

function bodyText({ body, isBase64Encoded }: APIGatewayProxyEventV2): string {
  const given = body ?? '';
  const bytes = Buffer.byteLength(given, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes > maxBytes) {
    throw new GatewayError(
      'PAYLOAD_TOO_LARGE',
      `The request body must be at most ${maxBytes} bytes, but it is ${bytes}`,
    );
  }
  return isBase64Encoded ? Buffer.from(given, 'base64').toString('utf8') : given;
}

/** On the raw text: deep nesting parses, and then breaks whatever walks or prints it. */
function checkDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth++;
      if (depth > maxDepth) throw badRequest(`The request body must not be nested deeper than ${maxDepth} levels`);
    } else if (character === '}' || character === ']') depth--;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own sentence quotes the body, which may hold a card number; only the place is passed on.
    const place = /at position \d+ \(line \d+ column \d+\)$/.exec((error as Error).message)?.[0];
    throw badRequest(`The request body is not valid JSON${place === undefined ? '' : ` (${place})`}`);
  }
}

/**
 * PostgreSQL has no NUL in text, and half a surrogate pair is no character at all.
 * @param path where the value stands, for the sentence; empty for the whole body.
 * @throws BAD_REQUEST_ERROR
 */
export function checkText(value: unknown, path: string): void {
  if (typeof value === 'string') checkString(value, path || 'The request body', path || undefined);
  else if (Array.isArray(value)) value.forEach((item, index) => checkText(item, `${path}[${index}]`));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      checkString(key, path === '' ? 'A key of the request body' : `A key of ${path}`, path || undefined);
      checkText(item, path === '' ? shownKey(key) : `${path}.${shownKey(key)}`);
    }
  }
}

/** A key of the caller's own may be anything, even a card number; only what looks like a name is repeated. */
export const shownKey = (key: string) => (/^[a-z_]{1,40}$/i.test(key) ? key : '*');

function checkString(text: string, name: string, field: string | undefined): void {
  if (text.includes('\0')) throw badRequest(`${name} must not contain a NUL character`, field);
  if (!text.isWellFormed())
    throw badRequest(`${name} must be well-formed Unicode, but it holds a lone surrogate`, field);
}
