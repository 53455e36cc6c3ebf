import type { FrameMessage } from '../../shared/contracts/frame-messages.ts';

/** The message as a copy of the fields the contract names, or undefined if it is none of ours. */
export function readFrameMessage(message: unknown): FrameMessage | undefined {
  const { type, data } = fieldsOf(message);
  return typeof type === 'string' && Object.hasOwn(readers, type)
    ? readers[type as FrameMessage['type']](fieldsOf(data))
    : undefined;
}

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown) => Object(value) as Fields;
const isText = (value: unknown): value is string => typeof value === 'string';

/** A message type without a reader does not compile. */
const readers: { [T in FrameMessage['type']]: (data: Fields) => (FrameMessage & { type: T }) | undefined } = {
  payment_success: ({ paymentId, orderId, status }) =>
    isText(paymentId) && isText(orderId) && status === 'success'
      ? { type: 'payment_success', data: { paymentId, orderId, status } }
      : undefined,
  payment_failed: ({ code, description, paymentId }) =>
    isText(code) && isText(description) && (isText(paymentId) || paymentId === null)
      ? { type: 'payment_failed', data: { code, description, paymentId } }
      : undefined,
  close_modal: () => ({ type: 'close_modal', data: {} }),
  ready: () => ({ type: 'ready', data: {} }),
  processing: ({ isProcessing }) =>
    typeof isProcessing === 'boolean' ? { type: 'processing', data: { isProcessing } } : undefined,
};
