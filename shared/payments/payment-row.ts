import type { CardNetwork, PaymentMethod, PaymentStatus } from '../contracts/payments.ts';

/** What a payment is, as read from its row. */
export type PaymentRow = {
  id: string;
  order_id: string;
  merchant_id: string;
  amount: number;
  currency: string;
  method: PaymentMethod;
  status: PaymentStatus;
  vpa: string | null;
  card_network: CardNetwork | null;
  card_last4: string | null;
  captured: boolean;
  error_code: string | null;
  error_description: string | null;
  refund_done: number;
  created_at: Date;
  updated_at: Date;
};

export const paymentColumns =
  'id, order_id, merchant_id, amount, currency, method, status, vpa, card_network, card_last4, captured, ' +
  'error_code, error_description, refund_done, created_at, updated_at';

export type PaymentCore = Pick<
  PaymentRow,
  'id' | 'order_id' | 'amount' | 'currency' | 'method' | 'status' | 'vpa' | 'card_network' | 'card_last4' | 'created_at'
>;

/** A UPI payment shows its VPA, a card payment its network and last four digits. */
function shownInstrument({ vpa, card_network, card_last4 }: PaymentCore) {
  return vpa === null ? { card_network, card_last4 } : { vpa };
}

function shownFailure({ error_code, error_description }: Pick<PaymentRow, 'error_code' | 'error_description'>) {
  return error_code === null ? {} : { error_code, error_description };
}

/** The answer to the request that made the payment, and `data.payment` of its events. */
export function shownCreatedPayment(payment: PaymentCore) {
  const { id, order_id, amount, currency, method, status, created_at } = payment;
  return { id, order_id, amount, currency, method, ...shownInstrument(payment), status, created_at };
}

export function shownPayment(payment: PaymentRow) {
  const { created_at, ...core } = shownCreatedPayment(payment);
  return {
    ...core,
    captured: payment.captured,
    amount_refunded: payment.refund_done,
    ...shownFailure(payment),
    created_at,
    updated_at: payment.updated_at,
  };
}

/** What a shopper may know of a payment, and nothing else. */
export function shownPublicPayment(payment: PaymentRow) {
  const { created_at, ...core } = shownCreatedPayment(payment);
  return { ...core, ...shownFailure(payment), created_at, updated_at: payment.updated_at };
}

/** `data` of a payment event. */
export const paymentEventData = (
  payment: PaymentCore,
  failure: Pick<PaymentRow, 'error_code' | 'error_description'> = { error_code: null, error_description: null },
) => ({ payment: { ...shownCreatedPayment(payment), ...shownFailure(failure) } });
