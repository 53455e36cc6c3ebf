import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { List } from '../../../shared/contracts/lists.ts';
import { holdBack } from './hold-back.ts';
import { Live, type LiveOptions } from './live.svelte.ts';

/**
 * A list that lives, and moves nothing under a pointer or a focus: attach `guard` to what holds the rows. What is new
 * waits then, `newCount` says how much, and `showNew` lets it in. Make it in a component's init.
 */
export class LiveList<T extends { id: string }> {
  rows = $state.raw<readonly T[]>([]);
  newCount = $state(0);
  readonly live: Live<List<T>>;
  #path: string | null = null;
  #isTouched = false;
  #node: HTMLElement | null = null;

  constructor(path: () => string | null, options: LiveOptions = {}) {
    this.live = new Live<List<T>>(path, { keepsData: true, ...options });
    $effect.pre(() => {
      const wanted = path();
      const fresh = this.live.data?.data;
      const isStale = this.live.isStale;
      untrack(() => {
        if (fresh === undefined || isStale) return;
        const isHeld = wanted === this.#path && this.#isUnderSomebody();
        this.#path = wanted;
        const held = isHeld ? holdBack(this.rows, fresh) : { rows: fresh, newCount: 0 };
        this.rows = held.rows;
        this.newCount = held.newCount;
      });
    });
  }

  /** Of all pages; 0 until it is known. */
  get total(): number {
    return this.live.data?.total ?? 0;
  }
  get isLoading(): boolean {
    return this.live.isLoading;
  }
  /** Rows of the filter before, until the new one answers. */
  get isStale(): boolean {
    return this.live.isStale;
  }
  /** Only where there is nothing to show instead. */
  get error() {
    return this.live.data === null || this.live.isStale ? this.live.error : null;
  }
  get isEmpty(): boolean {
    return this.live.data !== null && !this.live.isStale && this.total === 0;
  }

  refresh(): void {
    this.live.refresh();
  }

  showNew(): void {
    this.rows = this.live.data?.data ?? [];
    this.newCount = 0;
  }

  readonly guard: Attachment<HTMLElement> = (node) => {
    this.#node = node;
    const enter = () => (this.#isTouched = true);
    const leave = () => (this.#isTouched = false);
    node.addEventListener('pointerenter', enter);
    node.addEventListener('pointerleave', leave);
    return () => {
      this.#node = null;
      node.removeEventListener('pointerenter', enter);
      node.removeEventListener('pointerleave', leave);
    };
  };

  #isUnderSomebody(): boolean {
    const node = this.#node;
    if (node === null) return false;
    // Who has scrolled into the rows is reading them, with or without a pointer.
    return this.#isTouched || node.contains(document.activeElement) || node.getBoundingClientRect().top < 0;
  }
}
