export interface SmallStorage {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}
type CookieJar = { cookie: string };
type TabWindow = { window: { readonly sessionStorage: SmallStorage }; document: CookieJar };

/** Longer than any payment stays open. */
const maxAgeSeconds = 1800;

/**
 * The tab's own storage, or where the browser denies it to a frame on somebody else's page, a partitioned cookie (CHIPS):
 * one that lives under that page's site alone, which browsers leave to frames that hold no other memory.
 */
export function tabStorage({ window, document }: TabWindow): SmallStorage {
  try {
    return window.sessionStorage;
  } catch {
    return cookieStorage(document);
  }
}

const cookieStorage = (document: CookieJar): SmallStorage => ({
  getItem: (name) => {
    const begin = `__Host-${name}=`;
    const cookie = document.cookie.split('; ').find((each) => each.startsWith(begin));
    return cookie === undefined ? null : decodeURIComponent(cookie.slice(begin.length));
  },
  setItem: (name, text) => {
    document.cookie = partitioned(name, encodeURIComponent(text), maxAgeSeconds);
  },
  removeItem: (name) => {
    document.cookie = partitioned(name, '', 0);
  },
});

const partitioned = (name: string, text: string, seconds: number) =>
  `__Host-${name}=${text}; Max-Age=${seconds}; Path=/; Secure; SameSite=None; Partitioned`;
