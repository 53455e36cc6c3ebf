export interface ParsedEvent {
  isJson: boolean;
  event: string | null;
  paymentId: string | null;
  paymentStatus: string | null;
}

/** What the page shows of a body; whatever is missing or of another type is null. */
export function parseEvent(text: string): ParsedEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { isJson: false, event: null, paymentId: null, paymentStatus: null };
  }
  const payment = member(member(value, 'data'), 'payment');
  const refund = member(member(value, 'data'), 'refund');
  return {
    isJson: true,
    event: textMember(value, 'event'),
    paymentId: textMember(payment, 'id') ?? textMember(refund, 'payment_id'),
    paymentStatus: textMember(payment, 'status'),
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function textMember(value: unknown, name: string): string | null {
  const found = member(value, name);
  return typeof found === 'string' ? found : null;
}
