import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BuiltSdk } from './built-sdk.ts';
import { checkoutDouble } from './checkout-double.ts';
import { merchantFiles, merchantPages, pageText, postingPage } from './merchant-pages.ts';

/** Three origins: the shop, the checkout that serves the SDK, and somebody else. */
export interface Sites {
  shop: string;
  checkout: string;
  stranger: string;
  close: () => void;
}

type Answer = { type: 'html' | 'javascript' | 'css'; body: string; policy?: string | undefined };

export async function serveSites(sdk: BuiltSdk): Promise<Sites> {
  const servers: Server[] = [];
  const serve = async (answer: (pathname: string) => Answer | undefined) => {
    const server = createServer(({ url = '/' }, response) => {
      // Browsers ask for it by themselves, whenever they find the time; without one they complain on the console.
      if (url === '/favicon.ico') return response.writeHead(204).end();
      const { type = 'html', body, policy } = answer(new URL(url, 'http://host.invalid').pathname) ?? {};
      response.writeHead(body === undefined ? 404 : 200, {
        'Content-Type': `text/${type}; charset=utf-8`,
        ...(policy && { 'Content-Security-Policy': policy }),
      });
      return response.end(body);
    }).listen(0, 'localhost');
    servers.push(server);
    await once(server, 'listening');
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  };

  const checkout = await serve((path) => {
    if (path === '/checkout.js') return { type: 'javascript', body: sdk.read('checkout.js') };
    return path === '/checkout' ? { type: 'html', body: checkoutDouble } : undefined;
  });
  const stranger = await serve((path) => (path === '/posting' ? { type: 'html', body: postingPage } : undefined));
  const pages = merchantPages(checkout, stranger);
  const files: Record<string, string> = {
    ...merchantFiles(checkout),
    '/index.js': sdk.read('index.js'),
    '/checkout.js': sdk.read('checkout.js'),
  };
  const shop = await serve((path) => {
    const page = pages[path];
    if (page) return { type: 'html', body: pageText(page), policy: page.policy };
    const body = files[path];
    return body === undefined ? undefined : { type: path.endsWith('.css') ? 'css' : 'javascript', body };
  });
  const close = () => {
    for (const server of servers) server.close().closeAllConnections();
  };
  return { shop, checkout, stranger, close };
}
