import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MerchantSite {
  /** `http://127.0.0.1:port`; the checkout is on `localhost`, so that the two are of another origin and another site. */
  readonly origin: string;
  /** Puts a page on the site and answers its address. */
  publish(html: string): string;
  close(): Promise<void>;
}

/** Somebody else's site: plain pages, on an origin of its own. */
export async function openMerchantSite(): Promise<MerchantSite> {
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    const html = pages.get(new URL(request.url ?? '/', 'http://host.invalid').pathname);
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
    response.writeHead(html === undefined ? 204 : 200, headers).end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    publish: (html) => {
      const path = `/${pages.size + 1}`;
      pages.set(path, html);
      return origin + path;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
