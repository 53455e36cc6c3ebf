import { createHash } from 'node:crypto';
import { Answer } from './answer.ts';

/** The answer with a tag of its bytes, or - to a caller who has just these bytes already - 304 and nothing else. */
export function tagged(answer: Answer, ifNoneMatch: string | undefined): Answer {
  const { status, body, headers } = answer;
  if (status !== 200 || headers['Content-Type']?.startsWith('application/json') !== true) return answer;
  const tag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const isKnown = ifNoneMatch !== undefined && namesTag(ifNoneMatch, tag);
  return isKnown ? new Answer(304, '', { ETag: tag }) : new Answer(status, body, { ...headers, ETag: tag });
}

/** RFC 9110, 13.1.2: a list, or `*` for anything; a proxy that compressed the answer has made the tag a weak one. */
const namesTag = (ifNoneMatch: string, tag: string) =>
  ifNoneMatch
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === tag || one === '*');
