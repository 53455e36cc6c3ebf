const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';

/** What the host that serves this page wrote into it. */
export const pageSettings = {
  apiOrigin: meta('gateway-api'),
  isSandbox: meta('gateway-mode') === 'sandbox',
};
