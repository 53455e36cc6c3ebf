import type { Attachment } from 'svelte/attachments';

/** A dialog is rendered while it is open, above all else, which the browser makes inert and gives the focus back to. */
export const asModal: Attachment<HTMLDialogElement> = (dialog) => {
  dialog.showModal();
  return () => dialog.close();
};
