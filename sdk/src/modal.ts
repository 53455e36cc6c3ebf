import { adoptStyles } from './adopt-styles.ts';
import { element } from './element.ts';
import css from './modal.css?inline';
import { lockPage } from './page-lock.ts';

export const MODAL_ID = 'payment-gateway-modal';

export interface ModalOptions {
  /** What the frame shows. */
  address: string;
  /** What the link offers when the frame shows nothing. */
  fullPageAddress: string;
  /** The shopper wants out: by the button, by Esc, or by a phone's back gesture. */
  onCloseWanted: () => void;
  /** It is gone, and the page is as it was. Called once. */
  onClosed: () => void;
}

export interface Modal {
  frame: HTMLIFrameElement;
  offerFullPage: () => void;
  /** The frame is alive: takes the offer back and hands over the focus. */
  showFrame: () => void;
  close: () => void;
}

/** The contract's markup in a native dialog, which keeps the focus in, the page behind inert, and itself on top. */
export function openModal({ address, fullPageAddress, onCloseWanted, onClosed }: ModalOptions): Modal {
  const frame = element('iframe', { title: 'Payment', src: address });
  frame.dataset['testId'] = 'payment-iframe';
  const button = element('button', { type: 'button', className: 'close-button', ariaLabel: 'Close payment' }, '×');
  button.dataset['testId'] = 'close-modal-button';
  const content = element('div', { className: 'modal-content' }, frame, button);
  const modal = element('div', { id: MODAL_ID }, element('div', { className: 'modal-overlay' }, content));
  modal.dataset['testId'] = 'payment-modal';
  const dialog = element('dialog', { className: 'payment-gateway', ariaLabel: 'Payment', tabIndex: -1 }, modal);
  const link = element('a', { href: fullPageAddress, target: '_top' }, 'Open the payment page');
  const offer = element('p', { role: 'alert' }, 'This is taking long. ', link);

  const opener = document.activeElement;
  const undress = adoptStyles(css);
  const unlock = lockPage();
  let isOpen = true;
  const show = () => {
    dialog.showModal();
    // On the button, a second Enter meant for the page would close it again; in a frame that is not there, Esc is lost.
    dialog.focus({ preventScroll: true });
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    watch.disconnect();
    dialog.close();
    dialog.remove();
    undress();
    unlock();
    // The browser gives the focus back itself, except from a dialog that the page has thrown out.
    if (document.activeElement === document.body) (opener as HTMLElement | null)?.focus({ preventScroll: true });
    onClosed();
  };
  const watch = new MutationObserver(() => {
    if (!dialog.isConnected) close();
  });

  button.onclick = onCloseWanted;
  dialog.oncancel = (event) => {
    event.preventDefault();
    if (event.cancelable) onCloseWanted();
  };
  // Browsers do not let a page refuse Esc twice in a row, and the page itself may close what it finds: it is put back, and
  // whether it closes is decided as ever.
  dialog.onclose = () => {
    if (!isOpen) return;
    show();
    onCloseWanted();
  };
  // What was there before the first answer may be a blank page in the other theme's colour.
  frame.onload = () => dialog.classList.add('loaded');

  document.body.append(dialog);
  show();
  watch.observe(document, { childList: true, subtree: true });

  return {
    frame,
    offerFullPage: () => content.append(offer),
    showFrame() {
      offer.remove();
      if (document.activeElement !== button) frame.focus({ preventScroll: true });
    },
    close,
  };
}
