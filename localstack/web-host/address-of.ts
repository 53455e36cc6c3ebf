import type { IncomingMessage } from 'node:http';

const NOWHERE = new URL('http://host.invalid/not-an-address');

/**
 * Path and query of a request; what is no path leads nowhere. Only the path counts: somebody who names another host in the
 * request line is not sent there.
 */
export function addressOf({ url = '' }: Pick<IncomingMessage, 'url'>): URL {
  // In front, not as the base: `//name/path` would be a host of its own, and `//` alone an error.
  return (url.startsWith('/') ? URL.parse(`http://host.invalid${url}`) : null) ?? NOWHERE;
}
