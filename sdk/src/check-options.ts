import type { PaymentGatewayOptions } from './options.ts';

export type CheckedOptions = Required<PaymentGatewayOptions>;

/** @throws TypeError that names the option at fault, and never repeats a value: it may be a secret in the wrong place. */
export function checkOptions(options: unknown, defaultOrigin: string): CheckedOptions {
  const {
    key,
    orderId,
    onSuccess,
    onFailure,
    onClose,
    checkoutOrigin = defaultOrigin,
  } = Object(options) as Partial<Record<keyof PaymentGatewayOptions, unknown>>;
  return {
    key: text('key', key),
    orderId: text('orderId', orderId),
    onSuccess: callback('onSuccess', onSuccess),
    onFailure: callback('onFailure', onFailure),
    onClose: callback('onClose', onClose),
    checkoutOrigin: origin('checkoutOrigin', checkoutOrigin),
  };
}

const text = (name: string, value: unknown): string =>
  typeof value === 'string' && value ? value : refuse(name, 'a non-empty string');

/** Its parameters are the SDK's promise to the page; there is nothing to check them by. */
const callback = (name: string, value: unknown = () => {}): (() => void) =>
  typeof value === 'function' ? (value as () => void) : refuse(name, 'a function');

function origin(name: string, value: unknown): string {
  const address = text(name, value);
  return /^https?:/i.test(address) && URL.canParse(address)
    ? new URL(address).origin
    : refuse(name, 'an http(s) address');
}

function refuse(name: string, expected: string): never {
  throw new TypeError(`PaymentGateway: ${name} must be ${expected}`);
}
