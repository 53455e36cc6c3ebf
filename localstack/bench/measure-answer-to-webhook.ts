import { setTimeout as delay } from 'node:timers/promises';
import { awaitCompletions } from './await-completions.ts';
import { latencyOf, type Latency } from './latency.ts';
import type { MerchantApi } from './merchant-api.ts';
import type { OrderStock } from './order-stock.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

const PAYMENTS = 200;
/** The payment before has then sent its other webhooks, too, if it settles at once. */
const PAUSE_MS = 15;

export interface AnswerToWebhook extends Latency {
  payments: number;
}

/** One payment at a time: from the moment its answer is read to the moment `payment.created` has arrived. */
export async function measureAnswerToWebhook(
  api: MerchantApi,
  stock: OrderStock,
  receiver: WebhookReceiver,
): Promise<AnswerToWebhook> {
  await stock.fill(api, PAYMENTS, 1);
  const samplesMs: number[] = [];
  const paymentIds: string[] = [];
  for (let made = 0; made < PAYMENTS; made++) {
    const id = await api.createPayment(stock.take() ?? '');
    const answeredAt = performance.now();
    paymentIds.push(id);
    samplesMs.push((await receiver.arrival(id, 'payment.created')) - answeredAt);
    await delay(PAUSE_MS);
  }
  await awaitCompletions(receiver, paymentIds);
  return { payments: PAYMENTS, ...latencyOf(samplesMs) };
}
