import { awaitCompletions } from './await-completions.ts';
import type { MerchantApi } from './merchant-api.ts';
import type { OrderStock } from './order-stock.ts';
import { type WebhookReceiver, WEBHOOKS_PER_PAYMENT } from './webhook-receiver.ts';

const PAYMENTS = 2_500;
const CONNECTIONS = 16;
/** A rate over fewer says nothing. */
const LEAST_LEFT_OVER = 100;

export interface Completions {
  payments: number;
  webhooks: number;
  /** From the first request to the last answer. */
  createdInMs: number;
  /** From the first request to the last webhook; the settlement delay is in it. */
  completedInMs: number;
  completedPerSecond: number;
  /** What was left at the last answer, completed without creation beside it. Absent when too little was left. */
  leftOver?: { payments: number; perSecond: number };
}

/**
 * Payments made as fast as they are answered, until the last has succeeded and all their webhooks have arrived. A payment
 * succeeds in the transaction that makes its third webhook, so the webhooks prove both.
 */
export async function measureCompletions(
  api: MerchantApi,
  stock: OrderStock,
  receiver: WebhookReceiver,
): Promise<Completions> {
  await stock.fill(api, PAYMENTS, CONNECTIONS);
  const startedAt = performance.now();
  const paymentIds = await createAll(api, stock);
  const createdAt = performance.now();
  const completedAt = (await awaitCompletions(receiver, paymentIds)).sort((one, other) => one - other);
  const lastAt = completedAt.at(-1) ?? createdAt;
  const left = completedAt.filter((atMs) => atMs > createdAt).length;
  return {
    payments: PAYMENTS,
    webhooks: PAYMENTS * WEBHOOKS_PER_PAYMENT,
    createdInMs: createdAt - startedAt,
    completedInMs: lastAt - startedAt,
    completedPerSecond: (PAYMENTS / (lastAt - startedAt)) * 1_000,
    ...(left >= LEAST_LEFT_OVER && {
      leftOver: { payments: left, perSecond: (left / (lastAt - createdAt)) * 1_000 },
    }),
  };
}

async function createAll(api: MerchantApi, stock: OrderStock): Promise<string[]> {
  const paymentIds: string[] = [];
  let begun = 0;
  const loop = async () => {
    while (begun++ < PAYMENTS) paymentIds.push(await api.createPayment(stock.take() ?? ''));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  return paymentIds;
}
