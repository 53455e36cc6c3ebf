export interface CheckoutPage {
  apiOrigin: string;
  /** In the sandbox, pages on http may embed the checkout, too. */
  isSandbox: boolean;
  isEmbedded: boolean;
}

/**
 * The security headers of the checkout's page. Nothing inline, nothing of third parties; it speaks to the API and to
 * nobody else. Embedded it may be framed - by whom is the merchant's business, who has no fixed address - and otherwise by
 * nobody.
 */
export function checkoutHeaders({ apiOrigin, isSandbox, isEmbedded }: CheckoutPage): Record<string, string> {
  const embedders = isSandbox ? 'https: http:' : 'https:';
  const policy = [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `connect-src ${apiOrigin}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors ${isEmbedded ? embedders : `'none'`}`,
    `require-trusted-types-for 'script'`,
    `trusted-types svelte-trusted-html`,
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
    ...(isEmbedded ? {} : { 'X-Frame-Options': 'DENY' }),
  };
}
