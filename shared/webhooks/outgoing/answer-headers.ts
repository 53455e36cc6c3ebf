import type { IncomingHttpHeaders } from 'node:http';

const KEPT_CHARACTERS = 2_000;
/** A receiver's session is for nobody else to read. */
const WITHHELD = new Set(['set-cookie', 'set-cookie2']);

/**
 * An answer's headers in the order in which they came, names in lower case, values of one name joined as RFC 9110, 5.3 has
 * it. Headers of at most 2,000 characters in all are kept; the value that does not fit is cut, and what follows is left out.
 */
export function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: [string, string][] = [];
  let left = KEPT_CHARACTERS;
  for (const [name, value = ''] of Object.entries(headers)) {
    left -= name.length;
    if (left <= 0) break;
    const text = (WITHHELD.has(name) ? '(not kept)' : [value].flat().join(', ')).slice(0, left);
    left -= text.length;
    kept.push([name, text]);
  }
  return Object.fromEntries(kept);
}
