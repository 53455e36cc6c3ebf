import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { addressOf } from './address-of.ts';
import { checkoutHeaders } from './checkout-headers.ts';
import { fillIn } from './fill-in.ts';
import { send, sendFile, sendText } from './send.ts';
import { readAssets } from './static-files.ts';

export interface CheckoutHostOptions {
  root: string;
  apiOrigin: string;
  isSandbox: boolean;
}

/** The page is one; what it shows is in its address. */
const PAGES = new Set(['/checkout', '/success', '/failure']);

/** Serves the built checkout and the SDK as a file host would: S3 and CloudFront have its place on AWS. Not listening yet. */
export function createCheckoutHost({ root, apiOrigin, isSandbox }: CheckoutHostOptions): Server {
  const folder = join(root, 'web', 'dist', 'checkout');
  const assets = readAssets(folder);
  const mode = isSandbox ? 'sandbox' : 'production';
  const page = fillIn(readFileSync(join(folder, 'index.html'), 'utf8'), {
    'gateway-api': apiOrigin,
    'gateway-mode': mode,
  });
  const script = readFileSync(join(root, 'sdk', 'dist', 'checkout.js'));

  return createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendText(response, 405, 'Only GET and HEAD.', { Allow: 'GET, HEAD' });
      return;
    }
    const { pathname, searchParams } = addressOf(request);
    if (PAGES.has(pathname)) {
      const isEmbedded = searchParams.get('embedded') === 'true';
      const headers = checkoutHeaders({ apiOrigin, isSandbox, isEmbedded });
      send(response, 200, page, { ...headers, 'Content-Type': 'text/html; charset=utf-8' });
      return;
    }
    if (pathname === '/checkout.js') {
      send(response, 200, script, scriptHeaders);
      return;
    }
    const file = assets.get(pathname);
    if (file) sendFile(response, file);
    else sendText(response, 404, NOTHING_HERE);
  });
}

const NOTHING_HERE = 'Nothing is here. The checkout is at /checkout?order_id=..., the SDK at /checkout.js.';

/** Any page may load it, which a page that isolates itself has to be told. */
const scriptHeaders = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
  'Cache-Control': 'no-cache',
};
