import type { Attachment } from 'svelte/attachments';

/** Puts the focus on what has just appeared, if it should; a screen reader reads it then. */
export const takeFocus =
  (should: boolean): Attachment<HTMLElement> =>
  (node) => {
    if (should) node.focus({ preventScroll: true });
  };
