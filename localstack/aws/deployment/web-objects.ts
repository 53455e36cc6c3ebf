import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillIn } from '../../web-host/fill-in.ts';
import { readAssets } from '../../web-host/static-files.ts';
import type { WebObject } from './cloud.ts';

export type Origins = { readonly api: string; readonly checkout: string; readonly isSandbox: boolean };

const askAgain = 'no-cache';
const keep = 'public, max-age=31536000, immutable';

/** The built web as it goes into the bucket, the two pages filled in with where everything is. */
export function webObjects(root: string, { api, checkout, isSandbox }: Origins): WebObject[] {
  const mode = isSandbox ? 'sandbox' : 'production';
  const values = { 'gateway-api': api, 'gateway-checkout': checkout, 'gateway-mode': mode };
  const script = readFileSync(join(root, 'sdk', 'dist', 'checkout.js'));
  return [
    ...(['dashboard', 'checkout'] as const).flatMap((name) => originObjects(root, name, values)),
    { key: 'checkout/checkout.js', content: script, type: 'text/javascript; charset=utf-8', cacheControl: askAgain },
  ];
}

function originObjects(
  root: string,
  name: 'dashboard' | 'checkout',
  values: Readonly<Record<string, string>>,
): WebObject[] {
  const folder = join(root, 'web', 'dist', name);
  const page = fillIn(readFileSync(join(folder, 'index.html'), 'utf8'), values);
  const files = [...readAssets(folder)].map(([path, { content, type, isImmutable }]) => ({
    key: `${name}${path}`,
    content,
    type,
    cacheControl: isImmutable ? keep : askAgain,
  }));
  const html = { content: Buffer.from(page), type: 'text/html; charset=utf-8', cacheControl: askAgain };
  // The page last: it names the files.
  return [...files, { key: `${name}/index.html`, ...html }];
}
