import type { CheckedOptions } from './check-options.ts';
import { checkoutAddress } from './checkout-address.ts';
import { linkFrame } from './frame-link.ts';
import { openModal } from './modal.ts';

/** Longer than any page should take, shorter than a shopper waits. */
const PATIENCE_MS = 8000;

/** A frame that lives answers within a few. One that has died cannot ask anybody, and nobody is to be locked in with it. */
const ANSWER_MS = 2000;

/** Shows the checkout and passes on what it says, until it is closed. Returns what closes it. */
export function openCheckout({ checkoutOrigin, orderId, onSuccess, onFailure, onClose }: CheckedOptions): () => void {
  const address = checkoutAddress(checkoutOrigin, orderId);
  let isProcessing = false;
  let answer: ReturnType<typeof setTimeout> | undefined;

  const leave = () => {
    if (!isProcessing) {
      close();
      return;
    }
    link.say('close_requested');
    link.say('hello');
    frame.focus();
    answer ??= setTimeout(close, ANSWER_MS);
  };
  const { frame, offerFullPage, showFrame, close } = openModal({
    address: `${address}&embedded=true`,
    fullPageAddress: address,
    onCloseWanted: leave,
    onClosed() {
      clearTimeout(patience);
      clearTimeout(answer);
      link.cut();
      attempt(onClose);
    },
  });
  const patience = setTimeout(offerFullPage, PATIENCE_MS);
  const link = linkFrame(frame, checkoutOrigin, (message) => {
    switch (message.type) {
      case 'ready':
        clearTimeout(patience);
        clearTimeout(answer);
        answer = undefined;
        {
          showFrame();
          return;
        }
      case 'processing':
        isProcessing = message.data.isProcessing;
        return;
      case 'payment_success':
        attempt(onSuccess, message.data);
        {
          close();
          return;
        }
      case 'payment_failed': {
        attempt(onFailure, message.data);
        return;
      }
      case 'close_modal': {
        close();
        return;
      }
    }
  });
  return close;
}

/** An error of the page's own is the page's to see, in its console and its error tracking, and not the modal's to fall over. */
function attempt<A extends unknown[]>(callback: (...args: A) => void, ...args: A): void {
  try {
    callback(...args);
  } catch (error) {
    reportError(error);
  }
}
