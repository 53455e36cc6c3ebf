import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { addressOf } from './address-of.ts';
import { boardPath } from './board-on-demand.ts';
import { dashboardHeaders } from './dashboard-headers.ts';
import { fillIn } from './fill-in.ts';
import { forwardToApi } from './forward-to-api.ts';
import { send, sendFile, sendText } from './send.ts';
import { readAssets } from './static-files.ts';

export interface DashboardHostOptions {
  /** Where the built dashboard lies. */
  folder: string;
  apiOrigin: string;
  /** Where this host itself reaches the API, when that is not `apiOrigin`. */
  upstreamOrigin?: string;
  /** Where the SDK of the integration guide comes from. */
  checkoutOrigin: string;
  isSandbox: boolean;
  /** BullMQ's own, where there is a BullMQ. */
  queuesBoard?: RequestListener;
}

/** What the dashboard's own router shows; the rest are files, or nothing. */
const isPage = (path: string) => /^\/(login|docs|webhooks|dashboard(\/.*)?)?$/.test(path);

/**
 * Serves the built dashboard, and hands on what belongs to the API, so that the browser sees one origin and the session's
 * cookie never crosses to another. CloudFront does both on AWS. Not listening yet.
 */
export function createDashboardHost(options: DashboardHostOptions): Server {
  const { folder, apiOrigin, upstreamOrigin = apiOrigin, checkoutOrigin, isSandbox, queuesBoard } = options;
  const assets = readAssets(folder);
  const page = fillIn(readFileSync(join(folder, 'index.html'), 'utf8'), {
    'gateway-api': apiOrigin,
    'gateway-checkout': checkoutOrigin,
    'gateway-mode': isSandbox ? 'sandbox' : 'production',
  });
  const forward = forwardToApi(upstreamOrigin);

  return createServer((request, response) => {
    const { pathname, search } = addressOf(request);
    if (pathname.startsWith('/api/') || pathname === '/openapi.json') {
      forward(request, response, pathname + search);
      return;
    }
    if (queuesBoard && (pathname === boardPath || pathname.startsWith(`${boardPath}/`))) {
      queuesBoard(request, response);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendText(response, 405, 'Only GET and HEAD.', { Allow: 'GET, HEAD' });
      return;
    }
    const file = assets.get(pathname);
    if (file) sendFile(response, file);
    else if (isPage(pathname))
      send(response, 200, page, { ...dashboardHeaders, 'Content-Type': 'text/html; charset=utf-8' });
    else sendText(response, 404, 'Nothing is here. The dashboard is at /dashboard.');
  });
}
