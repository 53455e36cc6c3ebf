export interface PaymentInWebhook {
  paymentId: string;
  orderId: string;
  amount: number;
  currency: string;
}

/** The payment a webhook's body speaks of, or null. Whether it speaks the truth is the signature's business. */
export function paymentIn(body: string): PaymentInWebhook | null {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch {
    return null;
  }
  const { id, order_id: orderId, amount, currency } = membersOf(membersOf(membersOf(event)['data'])['payment']);
  if (typeof id !== 'string' || typeof orderId !== 'string') return null;
  if (typeof amount !== 'number' || typeof currency !== 'string') return null;
  return { paymentId: id, orderId, amount, currency };
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
