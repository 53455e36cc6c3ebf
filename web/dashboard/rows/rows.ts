import type { Attachment } from 'svelte/attachments';
import { letterKeys } from '../keys/letter-keys.svelte.ts';

/** The link of a row, by which it is opened: the first one in it. */
const linkIn = (row: Element | null | undefined) => row?.querySelector<HTMLAnchorElement>('a') ?? null;

/** A press anywhere in a row follows the row's link, but for what can be pressed itself and for selecting text. */
export const openRows: Attachment<HTMLElement> = (node) => {
  const onclick = ({ target, defaultPrevented }: MouseEvent) => {
    if (!(target instanceof Element) || defaultPrevented) return;
    if (target.closest('a, button, input, select, label') || getSelection()?.type === 'Range') return;
    linkIn(target.closest('tbody tr'))?.click();
  };
  node.addEventListener('click', onclick);
  return () => node.removeEventListener('click', onclick);
};

/** j and k go from row to row, by their links, so that Enter opens what is focused. */
export const walkRows: Attachment<HTMLElement> = (node) => {
  const onkeydown = (event: KeyboardEvent) => {
    if (!letterKeys.means(event, 'j', 'k')) return;
    const step = event.key === 'j' ? 1 : -1;
    const rows = [...node.querySelectorAll('tbody tr')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step));
    linkIn(rows[next])?.focus();
  };
  window.addEventListener('keydown', onkeydown);
  return () => window.removeEventListener('keydown', onkeydown);
};
