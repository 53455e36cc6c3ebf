import type { OrderRow } from '../../../shared/orders/order-store.ts';
import type { PaymentRow } from '../../../shared/payments/payment-row.ts';
import type { RefundRow } from '../../../shared/refunds/refund-row.ts';
import type { AttemptTrigger, DeliveryStatus, EventType } from '../../../shared/contracts/webhooks.ts';

export type Order = Omit<OrderRow, 'notes'> & { notes: string };

export type Payment = PaymentRow & {
  acquirer_reference: string;
  holds_charge: boolean;
  refund_reserved: number;
  event_count: number;
  due_at: Date | null;
  claims: number;
};

export type Refund = RefundRow & { due_at: Date | null; claims: number };

export type Charge = { payment_id: string; amount: number; currency: string; outcome: string; charged_at: Date };

export type Returned = {
  refund_id: string;
  payment_id: string;
  amount: number;
  currency: string;
  outcome: string;
  refunded_at: Date;
};

export type Event = {
  id: string;
  merchant_id: string;
  type: EventType;
  payment_id: string;
  refund_id: string | null;
  sequence: number;
  payload: string;
  created_at: Date;
};

export type Delivery = {
  id: string;
  merchant_id: string;
  event_id: string;
  event: EventType;
  payload: string;
  url: string;
  status: DeliveryStatus;
  attempts: number;
  round: number;
  last_attempt_at: Date | null;
  next_retry_at: Date | null;
  response_code: number | null;
  response_body: string | null;
  claims: number;
  created_at: Date;
};

export type Attempt = {
  webhook_log_id: string;
  round: number;
  number: number;
  trigger: AttemptTrigger;
  attempted_at: Date;
  duration_ms: number;
  response_code: number | null;
  response_body: string | null;
  error: string | null;
  request_headers: string;
  response_headers: string | null;
};

/** What is written, by table. */
export type Rows = {
  orders: Order[];
  payments: Payment[];
  simulated_charges: Charge[];
  refunds: Refund[];
  simulated_refunds: Returned[];
  events: Event[];
  webhook_logs: Delivery[];
  webhook_attempts: Attempt[];
};

export type TableName = keyof Rows;

/** Tables that others refer to come first. */
export const tableNames: readonly TableName[] = [
  ...(['orders', 'payments', 'simulated_charges', 'refunds', 'simulated_refunds', 'events'] as const),
  ...(['webhook_logs', 'webhook_attempts'] as const),
];

export const noRows = (): Rows => Object.fromEntries(tableNames.map((name) => [name, []])) as unknown as Rows;
