// Enough to fill what is kept: a character takes at most three bytes for each UTF-16 unit, and three more are a byte order mark.
const DECODED_BYTES = 4_096;
const KEPT_CHARACTERS = 1_000;
const MAX_READ_BYTES = 64 * 1_024;

/**
 * The first 1,000 characters (UTF-16 units) of an answer's body, as text that PostgreSQL can store. Reads to the end of the
 * body or until 64 KiB have come, whichever is first. Rejects when the body breaks off.
 */
export async function readAnswerText(body: AsyncIterable<Buffer>): Promise<string> {
  const start: Buffer[] = [];
  let readBytes = 0;
  for await (const chunk of body) {
    if (readBytes < DECODED_BYTES) start.push(chunk);
    readBytes += chunk.length;
    if (readBytes >= MAX_READ_BYTES) break;
  }
  return storableText(Buffer.concat(start));
}

/** Bytes that are not UTF-8, and NUL, which PostgreSQL's text cannot hold, become U+FFFD; no surrogate pair is cut in half. */
export function storableText(bytes: Buffer): string {
  const text = new TextDecoder().decode(bytes.subarray(0, DECODED_BYTES));
  return text
    .slice(0, KEPT_CHARACTERS)
    .replaceAll('\0', '\uFFFD')
    .replace(/[\uD800-\uDBFF]$/, '');
}
