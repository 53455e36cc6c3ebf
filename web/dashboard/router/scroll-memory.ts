/** How long what stood on a page may take to stand there again, before the scroll is given up. */
const patienceMs = 1_500;

/**
 * Where each entry of the history was scrolled to. The browser's own memory gives up at once when a page is not yet as
 * long as it was, which a page that loads its rows never is.
 */
export class ScrollMemory {
  readonly #tops = new Map<string, number>();
  #stop = () => {};

  keep(entry: string): void {
    this.#stop();
    this.#tops.set(entry, scrollY);
  }

  restore(entry: string): void {
    this.#stop();
    const top = this.#tops.get(entry) ?? 0;
    const reach = () => {
      scrollTo(0, top);
      if (Math.abs(scrollY - top) < 2) this.#stop();
    };
    const growth = new ResizeObserver(reach);
    const timer = setTimeout(() => this.#stop(), patienceMs);
    // Whoever scrolls meanwhile knows better.
    const giveUp = () => this.#stop();
    for (const event of ['wheel', 'touchstart', 'keydown'] as const) addEventListener(event, giveUp, { once: true });
    this.#stop = () => {
      growth.disconnect();
      clearTimeout(timer);
      for (const event of ['wheel', 'touchstart', 'keydown'] as const) removeEventListener(event, giveUp);
      this.#stop = () => {};
    };
    growth.observe(document.body);
  }

  toTop(): void {
    this.#stop();
    scrollTo(0, 0);
  }
}
