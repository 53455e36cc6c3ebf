import { readFileSync } from 'node:fs';
import type { Routes } from './route.ts';

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const SVG = 'image/svg+xml';

// What senders put into a body is shown on this page, so nothing may run or load that is not one of these files.
const PAGE_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/** The address the page's commands are written with; replaced when the API listens elsewhere. */
const WRITTEN_API_URL = 'http://localhost:8000';

export function pageRoutes(apiUrl: string): Routes {
  return {
    '/': serve('page.html', HTML, (text) => text.replaceAll(WRITTEN_API_URL, new URL(apiUrl).origin)),
    '/page.css': serve('page.css', CSS),
    '/page.js': serve('page.js', SCRIPT),
    '/delivery-row.css': serve('delivery-row.css', CSS),
    '/delivery-row.js': serve('delivery-row.js', SCRIPT),
    '/copy-button.js': serve('copy-button.js', SCRIPT),
    '/icon.svg': serve('icon.svg', SVG),
  };
}

function serve(file: string, type: string, adapt: (text: string) => string = (text) => text): Routes[string] {
  const content = Buffer.from(adapt(readFileSync(new URL(file, import.meta.url), 'utf8')));
  const headers = { ...PAGE_HEADERS, 'Content-Type': type, 'Content-Length': content.length };
  return {
    GET: ({ response }) => {
      response.writeHead(200, headers).end(content);
    },
  };
}
