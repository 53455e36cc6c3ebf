import type { PaymentDidNotSucceed, PaymentSucceeded } from '../../../shared/contracts/frame-messages.ts';
import type { FrameLink } from './frame-link.ts';

/** Long enough to see the tick; the page closes us when it hears of the success. */
export const successIsSeenMs = 1_200;

/**
 * Tells the page how a payment ended, each end once, and whether closing now would leave one without its end.
 *
 * A success counts as processing until it is told: a page that closed in between would never hear of it.
 */
export function outcomeTeller(link: FrameLink, later: (act: () => void, ms: number) => void) {
  const say: FrameLink['say'] = (message) => link.say(message);
  let wasProcessing = false;
  let untold: PaymentSucceeded | null = null;
  const toldOf = new Set<string>();

  const processing = (isProcessing: boolean) => {
    if (isProcessing === wasProcessing) return;
    wasProcessing = isProcessing;
    say({ type: 'processing', data: { isProcessing } });
  };

  const tellSuccess = () => {
    if (untold === null) return;
    say({ type: 'payment_success', data: untold });
    untold = null;
    processing(false);
  };

  return {
    processing,
    succeeded(data: PaymentSucceeded) {
      if (toldOf.has(data.paymentId)) return;
      toldOf.add(data.paymentId);
      untold = data;
      later(tellSuccess, successIsSeenMs);
    },
    /** A failure without a payment has nothing to be told apart by: whoever calls means a new one. */
    failed({ code, description, paymentId }: PaymentDidNotSucceed) {
      processing(false);
      if (paymentId !== null && toldOf.has(paymentId)) return;
      if (paymentId !== null) toldOf.add(paymentId);
      say({ type: 'payment_failed', data: { code, description, paymentId } });
    },
    close() {
      tellSuccess();
      processing(false);
      say({ type: 'close_modal', data: {} });
    },
  };
}
