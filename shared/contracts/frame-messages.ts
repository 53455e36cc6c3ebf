/**
 * What the checkout's frame and the page that embeds it say to each other by postMessage. No card data, ever.
 *
 * The page speaks first: the frame learns from that message's origin whom it may answer, and answers nobody else and
 * never `*`. The page takes messages from the checkout's origin and its own frame only.
 */

export type PaymentSucceeded = { paymentId: string; orderId: string; status: 'success' };
/** `paymentId` is null when the payment could not even be made. */
export type PaymentDidNotSucceed = { code: string; description: string; paymentId: string | null };

/** From the frame. The first three are the contract's. */
export type FrameMessage =
  | { type: 'payment_success'; data: PaymentSucceeded }
  | { type: 'payment_failed'; data: PaymentDidNotSucceed }
  | { type: 'close_modal'; data: Record<string, never> }
  /** The answer to `hello`: the frame is alive. */
  | { type: 'ready'; data: Record<string, never> }
  /** Whether closing now would leave a payment whose end nobody knows; the page then asks the frame instead of closing. */
  | { type: 'processing'; data: { isProcessing: boolean } };

/** From the page. */
export type PageMessage =
  | { type: 'hello'; data: Record<string, never> }
  /** Somebody wants to close; the frame asks them, and answers with `close_modal` if they mean it. */
  | { type: 'close_requested'; data: Record<string, never> };
