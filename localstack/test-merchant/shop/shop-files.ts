import { readFileSync } from 'node:fs';
import type { Routes } from '../route.ts';
import { PRODUCT } from './product.ts';
import type { ShopSettings } from './shop-settings.ts';

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

const SCRIPTS = [
  'shop.js',
  'buy.js',
  'payment-window.js',
  'order-panel.js',
  'webhook-list.js',
  'notice.js',
  'money.js',
];
const STYLES = ['shop.css', 'product.css', 'order.css', 'how.css'];

/** The page and its files, read once. */
export function shopFiles(settings: ShopSettings, apiUrl: string): Routes {
  const headers = pageHeaders(settings.checkoutOrigin);
  const serve = (file: string, type: string, adapt: (text: string) => string = (text) => text): Routes[string] => {
    const content = Buffer.from(adapt(readFileSync(new URL(file, import.meta.url), 'utf8')));
    return {
      GET: ({ response }) => {
        response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': content.length }).end(content);
      },
    };
  };
  return {
    '/shop': serve('shop.html', TYPES.html, (html) => fillIn(html, settings, apiUrl)),
    // The design language is the checkout's own file, so that there is one.
    '/shop/tokens.css': serve('../../../web/ui/tokens.css', TYPES.css),
    ...Object.fromEntries(STYLES.map((file) => [`/shop/${file}`, serve(file, TYPES.css)])),
    ...Object.fromEntries(SCRIPTS.map((file) => [`/shop/${file}`, serve(file, TYPES.js)])),
  };
}

/** What a shop's page has to allow for the SDK: its script, and the frame that the script opens. Nothing else changes. */
function pageHeaders(checkoutOrigin: string): Record<string, string> {
  const policy = [
    `default-src 'none'`,
    `script-src 'self' ${checkoutOrigin}`,
    `frame-src ${checkoutOrigin}`,
    `connect-src 'self'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-cache',
  };
}

function fillIn(html: string, { checkoutOrigin, apiKey }: ShopSettings, apiUrl: string): string {
  const facts: Record<string, string> = {
    checkoutOrigin,
    apiKey,
    apiUrl: new URL(apiUrl).origin,
    unitPrice: String(PRODUCT.unitPriceMinor),
    product: PRODUCT.name,
  };
  return html.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => escape(facts[name] ?? ''));
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
