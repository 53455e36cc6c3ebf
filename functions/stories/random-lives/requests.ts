import { entryOf, type InstrumentName } from './instruments.ts';
import { type Model, orderOf, paymentOf, tell } from './model.ts';

/** What somebody asks of the API, with the ids filled in. */
export type Wanted =
  | { readonly ask: 'order'; readonly amount: number }
  | { readonly ask: 'payment'; readonly orderId: string; readonly by: InstrumentName }
  | { readonly ask: 'capture'; readonly paymentId: string; readonly amount: number | undefined }
  | { readonly ask: 'refund'; readonly paymentId: string; readonly amount: number };

export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly isReplayed: boolean;
  readonly body: Record<string, unknown>;
};

/** A description that the contract leaves open is not compared. */
export type Refusal = { readonly status: number; readonly code: string; readonly description?: string };

const bad = (description?: string): Refusal => ({
  status: 400,
  code: 'BAD_REQUEST_ERROR',
  ...(description !== undefined && { description }),
});
const missing = (description: string): Refusal => ({ status: 404, code: 'NOT_FOUND_ERROR', description });

/** Why the body alone is refused, whatever the gateway holds. */
export function refusalOfShape(wanted: Wanted): Refusal | undefined {
  if (wanted.ask === 'order' && wanted.amount < 100) return bad('amount must be at least 100');
  if (wanted.ask === 'refund' && wanted.amount < 1) return bad();
  return undefined;
}

/** Sections 3 and 4 of the contract: why the request is refused as things stand. */
export function refusal(model: Model, wanted: Wanted): Refusal | undefined {
  if (wanted.ask === 'order') return undefined;
  if (wanted.ask === 'payment') {
    const order = model.orders.find(({ id }) => id === wanted.orderId);
    if (order === undefined) return missing('Order not found');
    if (order.status === 'paid') return bad('Order is already paid');
    const { fate } = entryOf(wanted.by);
    return 'refusal' in fate ? { status: 400, code: fate.refusal } : undefined;
  }
  const payment = model.payments.find(({ id }) => id === wanted.paymentId);
  if (payment === undefined) return missing('Payment not found');
  if (wanted.ask === 'capture') {
    if (payment.status !== 'success' || payment.captured) return bad('Payment not in capturable state');
    return wanted.amount === undefined || wanted.amount === payment.amount ? undefined : bad();
  }
  if (payment.status !== 'success' && payment.status !== 'partially_refunded') {
    return bad('Payment not in refundable state');
  }
  if (wanted.amount <= payment.amount - payment.reserved) return undefined;
  return bad('Refund amount exceeds available amount');
}

export const isRefusedWith = ({ status, body }: Answer, expected: Refusal): boolean => {
  const { code, description } = (body.error ?? {}) as Record<string, unknown>;
  if (status !== expected.status || code !== expected.code) return false;
  return expected.description === undefined || description === expected.description;
};

const unanswered = { heldUntil: 0, claims: 0 };
/** How long the bank takes; the settings of the story's gateway. */
export const refundDelayMs = 3_000;
export const collectTimeoutMs = 300_000;

/** Does what the request asks. @returns what is wrong with the answer, if anything. */
export function enact(model: Model, wanted: Wanted, { status, body }: Answer): string | undefined {
  const id = String(body.id);
  const createdAt = Date.parse(String(body.created_at));
  const expecting = (expected: object, code = 201) => {
    const says = JSON.stringify(Object.fromEntries(Object.keys(expected).map((key) => [key, body[key]])));
    const right = JSON.stringify(expected);
    return status === code && says === right ? undefined : `the answer must be ${code} with ${right}`;
  };
  if (wanted.ask === 'order') {
    model.orders.push({ id, amount: wanted.amount, status: 'created' });
    return expecting({ amount: wanted.amount, status: 'created' });
  }
  if (wanted.ask === 'payment') {
    const { amount } = orderOf(model, wanted.orderId);
    const { fate } = entryOf(wanted.by);
    if ('refusal' in fate) return 'the instrument is wrong';
    const dueAt = createdAt + (fate.charge === 'PAYMENT_TIMEOUT' ? collectTimeoutMs : 0);
    const fresh = { status: 'pending', errorCode: null, captured: false, hasTheCharge: false } as const;
    const sums = { reserved: 0, done: 0, taken: 0 };
    model.payments.push({ id, orderId: wanted.orderId, amount, fate, dueAt, ...fresh, ...sums, ...unanswered });
    tell(model, 'payment.created', 'payment.pending');
    return expecting({ order_id: wanted.orderId, amount, status: 'pending' });
  }
  const payment = paymentOf(model, wanted.paymentId);
  if (wanted.ask === 'capture') {
    payment.captured = true;
    tell(model, 'payment.captured');
    return expecting({ id: payment.id, status: 'success', captured: true }, 200);
  }
  const { amount, paymentId } = wanted;
  payment.reserved += amount;
  const dueAt = createdAt + refundDelayMs;
  model.refunds.push({ id, paymentId, amount, status: 'pending', returned: 0, dueAt, ...unanswered });
  tell(model, 'refund.created');
  return expecting({ payment_id: paymentId, amount, status: 'pending' });
}
