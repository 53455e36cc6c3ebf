import { type Component, tick } from 'svelte';
import { type FoundPage, isPage, pageAt, redirected } from '../pages.ts';
import { localLink } from './local-link.ts';
import { ScrollMemory } from './scroll-memory.ts';

type Place = FoundPage & { url: URL; component: Component | null };
type How = { replace?: boolean };

/**
 * Where we are. Address, parameters and the page's component change at once, when the page is loaded: until then the
 * page before stands as it was, and never sees an address that is not its own.
 */
class Router {
  #place = $state.raw<Place>(placeAt(new URL(location.href), null));
  /** A page is on its way. */
  isLoading = $state(false);
  /** A page could not be loaded. */
  failed = $state.raw<URL | null>(null);
  readonly #scroll = new ScrollMemory();
  #entry = '';

  get path(): string {
    return this.#place.url.pathname;
  }
  get params(): Readonly<Record<string, string>> {
    return this.#place.params;
  }
  /** To read; `setQuery` changes it. */
  get query(): URLSearchParams {
    return this.#place.url.searchParams;
  }
  get title(): string {
    return this.#place.page[1];
  }
  /** Null until the first page is loaded. */
  get component(): Component | null {
    return this.#place.component;
  }

  start(): void {
    history.scrollRestoration = 'manual';
    this.#write(new URL(redirected(location.pathname) + location.search, location.href), { replace: true });
    addEventListener('popstate', () => {
      this.#scroll.keep(this.#entry);
      this.#entry = entryOf(history.state);
      void this.#show(new URL(location.href)).then(() => this.#scroll.restore(this.#entry));
    });
    addEventListener('click', (event) => {
      const url = localLink(event, isPage);
      if (url === null) return;
      event.preventDefault();
      this.go(url.pathname + url.search);
    });
    void this.#show(new URL(location.href));
  }

  /** To a path with its query. Another page is seen from its beginning; another query of the same leaves the scroll. */
  go(path: string, { replace = false }: How = {}): void {
    const wanted = new URL(path, location.href);
    const url = new URL(redirected(wanted.pathname) + wanted.search, location.href);
    this.#scroll.keep(this.#entry);
    const isSamePage = url.pathname === this.path;
    this.#write(url, { replace: replace || url.href === location.href });
    void this.#show(url).then(() => {
      if (isSamePage) return;
      this.#scroll.toTop();
      // The reader of a screen is taken along; the title says where.
      document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
    });
  }

  /** Sets parameters of the query, and takes away those that are null or empty. The page stays where it is. */
  setQuery(values: Readonly<Record<string, string | number | null>>, { replace = false }: How = {}): void {
    const url = new URL(this.#place.url);
    for (const [name, value] of Object.entries(values)) {
      if (value === null || value === '') url.searchParams.delete(name);
      else url.searchParams.set(name, String(value));
    }
    if (url.href === this.#place.url.href) return;
    this.#scroll.keep(this.#entry);
    this.#write(url, { replace });
    this.#place = placeAt(url, this.#place.component);
  }

  retry(): void {
    if (this.failed) void this.#show(this.failed);
  }

  #write(url: URL, { replace }: Required<How>): void {
    this.#entry = replace && this.#entry ? this.#entry : crypto.randomUUID();
    history[replace ? 'replaceState' : 'pushState']({ entry: this.#entry }, '', url);
  }

  async #show(url: URL): Promise<void> {
    this.isLoading = true;
    try {
      const { default: component } = await pageAt(url.pathname).page[2]();
      // Somebody went on while this was loading.
      if (location.href !== url.href) return;
      this.failed = null;
      this.#place = placeAt(url, component);
      await tick();
    } catch {
      this.failed = url;
    } finally {
      this.isLoading = location.href !== url.href;
    }
  }
}

const placeAt = (url: URL, component: Component | null): Place => ({ ...pageAt(url.pathname), url, component });

const entryOf = (state: unknown): string => {
  const entry = (state as { entry?: unknown } | null)?.entry;
  return typeof entry === 'string' ? entry : '';
};

export const router = new Router();
