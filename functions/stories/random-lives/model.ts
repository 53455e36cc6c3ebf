import type { Fate } from './instruments.ts';
import type { Wanted } from './requests.ts';

export type Order = { id: string; amount: number; status: 'created' | 'paid' };

/** Something a worker takes to its end. Times are milliseconds on the gateway's clock. */
type Work = { dueAt: number; heldUntil: number; claims: number };

export type Payment = Work & {
  id: string;
  orderId: string;
  amount: number;
  fate: Fate;
  status: 'pending' | 'success' | 'failed' | 'partially_refunded' | 'refunded';
  errorCode: string | null;
  captured: boolean;
  /** Whether the order's only charge is taken by this attempt: being made, or made. */
  hasTheCharge: boolean;
  /** What pending and processed refunds promise, and what processed ones gave back. */
  reserved: number;
  done: number;
  /** What the bank took of the shopper. */
  taken: number;
};

export type Refund = Work & {
  id: string;
  paymentId: string;
  amount: number;
  status: 'pending' | 'processed' | 'failed';
  /** What the bank gave back to the shopper. */
  returned: number;
};

/** An Idempotency-Key: running until there is an answer. */
export type Key = {
  request: string;
  takenAt: number;
  expiresAt: number;
  answer: { status: number; text: string } | null;
};

/** A worker that asked the bank, was believed dead, and may yet write down what it heard. */
export type Sleeper = { kind: 'payment' | 'refund'; id: string; claim: number; isLate: boolean };

/** What the merchant is entitled to believe, in plain objects. */
export type Model = {
  now: number;
  orders: Order[];
  payments: Payment[];
  refunds: Refund[];
  keys: Record<string, Key>;
  sent: { wanted: Wanted; key: string }[];
  sleepers: Sleeper[];
  isListening: boolean;
  /** How often each event happened, and how often while somebody listened. */
  happened: Record<string, number>;
  delivered: Record<string, number>;
};

export const emptyModel = (): Model => ({
  now: 0,
  orders: [],
  payments: [],
  refunds: [],
  keys: {},
  sent: [],
  sleepers: [],
  isListening: false,
  happened: {},
  delivered: {},
});

export const leaseMs = 10_000;

function found<T extends { id: string }>(list: T[], id: string): T {
  const one = list.find((other) => other.id === id);
  if (one === undefined) throw new Error(`the model has no ${id}`);
  return one;
}

export const orderOf = (model: Model, id: string) => found(model.orders, id);
export const paymentOf = (model: Model, id: string) => found(model.payments, id);
export const refundOf = (model: Model, id: string) => found(model.refunds, id);

export function tell(model: Model, ...events: string[]): void {
  for (const event of events) {
    model.happened[event] = (model.happened[event] ?? 0) + 1;
    if (model.isListening) model.delivered[event] = (model.delivered[event] ?? 0) + 1;
  }
}

/** When something begins or ends by itself. */
export const turningPoints = ({ payments, refunds, keys }: Model): number[] => [
  ...[...payments, ...refunds]
    .filter(({ status }) => status === 'pending')
    .flatMap(({ dueAt, heldUntil }) => [dueAt, heldUntil]),
  ...Object.values(keys).map(({ expiresAt }) => expiresAt),
];

/** What the API shows of the model; `observe` makes the same of the API's answers. */
export const shown = ({ orders, payments, refunds }: Model): string[] => [
  ...orders.map(({ id, amount, status }) => `${id}: ${amount}, ${status}`),
  ...payments.map(
    ({ id, orderId, amount, status, errorCode, captured, done }) =>
      `${id} of ${orderId}: ${amount}, ${status} ${errorCode ?? ''}, captured ${captured}, refunded ${done}`,
  ),
  ...refunds.map(
    ({ id, paymentId, amount, status }) =>
      `${id} of ${paymentId}: ${amount}, ${status} ${status === 'failed' ? 'REFUND_FAILED' : ''}`,
  ),
];
