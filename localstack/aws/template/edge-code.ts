import { edgeHeaders } from '../../../shared/http/caller-address.ts';
import { checkoutHeaders } from '../../web-host/checkout-headers.ts';
import { dashboardHeaders } from '../../web-host/dashboard-headers.ts';

type Headers = Readonly<Record<string, string>>;

/** The two programs CloudFront runs for an origin: what a path means, and the headers of the answer. */
export type OriginFunctions = { readonly request: string; readonly response: string };

/**
 * Tells the API from what address CloudFront was asked. Whatever the viewer sent under that name, once or several times,
 * is replaced.
 */
export const toldViewer = `
function handler(event) {
  var request = event.request;
  request.headers['${edgeHeaders.viewer}'] = { value: event.viewer.ip };
  return request;
}`;

/** As `localstack/web-host` serves them: the same pages, the same headers, from the same tables. */
export function originFunctions({ apiOrigin, isSandbox }: { apiOrigin: string; isSandbox: boolean }): {
  readonly dashboard: OriginFunctions;
  readonly checkout: OriginFunctions;
} {
  const checkout = (isEmbedded: boolean) => checkoutHeaders({ apiOrigin, isSandbox, isEmbedded });
  return {
    dashboard: {
      request: pageAt('/^\\/(login|docs|webhooks|dashboard(\\/.*)?)?$/'),
      response: headersFor({ page: dashboardHeaders, embedded: dashboardHeaders }),
    },
    checkout: {
      request: pageAt('/^\\/(checkout|success|failure)$/'),
      response: headersFor({ page: checkout(false), embedded: checkout(true) }),
    },
  };
}

/** The page is one file; what it shows is in its address. */
const pageAt = (pages: string) => `
function handler(event) {
  var request = event.request;
  if (${pages}.test(request.uri)) request.uri = '/index.html';
  else if (request.uri === '/index.html') request.uri = '/nothing';
  return request;
}`;

/** Any page may load the SDK, which a page that isolates itself has to be told. */
const scriptHeaders = { 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*' };

/*
 * Whether it sees the address that was asked for or the file it stands for is not written anywhere, so it takes either:
 * what ends in .html or in no ending is the page.
 */
const headersFor = ({ page, embedded }: { page: Headers; embedded: Headers }) => `
var page = ${asLiteral(page)};
var embedded = ${asLiteral(embedded)};
var script = ${asLiteral(scriptHeaders)};
function handler(event) {
  var request = event.request;
  var response = event.response;
  var query = request.querystring.embedded;
  var more = {};
  if (/(^|\\/)[^.]*$|\\.html$/.test(request.uri)) more = query && query.value === 'true' ? embedded : page;
  else if (request.uri === '/checkout.js') more = script;
  for (var name in more) response.headers[name] = { value: more[name] };
  response.headers['x-content-type-options'] = { value: 'nosniff' };
  response.headers['strict-transport-security'] = { value: 'max-age=31536000' };
  return response;
}`;

/** CloudFront knows header names in lower case only. */
const asLiteral = (headers: Headers) =>
  JSON.stringify(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])));
