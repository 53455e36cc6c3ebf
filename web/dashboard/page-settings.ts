const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';

/** What the host that serves this page wrote into it: the origins are for code to copy, the page itself calls its own. */
export const pageSettings = {
  apiOrigin: meta('gateway-api'),
  checkoutOrigin: meta('gateway-checkout'),
  isSandbox: meta('gateway-mode') === 'sandbox',
};
