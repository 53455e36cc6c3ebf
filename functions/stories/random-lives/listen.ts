import { knock } from '../../../shared/testing/knock.ts';
import { ring } from '../../../shared/testing/ring.ts';
import { handler as updateMe } from '../../http/merchants/update-me.ts';
import { handler as listWebhooks } from '../../http/webhooks/list.ts';
import { handler as retryWebhook } from '../../http/webhooks/retry.ts';
import { handler as deliver } from '../../jobs/deliver-webhook.ts';
import { type Action, pick } from './action.ts';
import type { World } from './world.ts';

export type Delivery = { id: string; event: string; status: 'pending' | 'success' | 'failed'; attempts: number };

const maxAttempts = 5;

/** All deliveries of the merchant, newest first. */
export async function deliveriesOf({ headers }: World): Promise<Delivery[]> {
  const all: Delivery[] = [];
  for (;;) {
    const query = { limit: '100', offset: String(all.length) };
    const answered = await knock(listWebhooks, { method: 'GET', headers, query });
    const { data, total } = answered.json as { data: Delivery[]; total: number };
    all.push(...data);
    if (all.length >= total || data.length === 0) return all;
  }
}

export const listen = (isListening: boolean): Action => ({
  text: isListening ? 'listen' : 'stop listening',
  act: async (_, { headers, receiver }) => {
    const { status } = await knock(updateMe, {
      method: 'PUT',
      headers,
      body: { webhook_url: isListening ? receiver.url : null },
    });
    if (status !== 200) throw new Error(`the webhook URL was answered with ${status}`);
    return [[(model) => void (model.isListening = isListening)]];
  },
});

/** Rings for some deliveries; the merchant answers all of them with `status`. */
export const deliverSome = (nths: readonly number[], status: 200 | 500): Action => ({
  text: `deliver ${nths.join(' ')}, answered with ${status}`,
  act: async (_, world) => {
    const before = await deliveriesOf(world);
    const rung = nths.map((nth) => pick(before, nth)).filter((delivery) => !!delivery);
    world.receiver.status = status;
    await ringDeliveries(rung);
    const after = new Map((await deliveriesOf(world)).map((delivery) => [delivery.id, delivery]));
    for (const old of before) checkStep(old, after.get(old.id), rung.includes(old), status);
    return [];
  },
});

export async function ringDeliveries(deliveries: readonly Delivery[]): Promise<void> {
  const failed = await ring(deliver, 'deliver-webhook', ...deliveries.map(({ id }) => id));
  if (failed.length > 0) throw new Error(`the deliveries ${failed.join(' ')} failed`);
}

/** Nothing, or one attempt more. The first attempt is due at once; when the others are is another story's subject. */
function checkStep(old: Delivery, found: Delivery | undefined, isRung: boolean, status: number): void {
  const ended = status === 200 ? 'success' : old.attempts + 1 === maxAttempts ? 'failed' : 'pending';
  const attempted = { status: ended, attempts: old.attempts + 1 };
  const allowed = [
    ...(isRung && old.status === 'pending' && old.attempts === 0 ? [] : [old]),
    ...(isRung && old.status === 'pending' ? [attempted] : []),
  ];
  if (allowed.some((one) => one.status === found?.status && one.attempts === found.attempts)) return;
  throw new Error(`a delivery went from ${JSON.stringify(old)} to ${JSON.stringify(found)}, answered with ${status}`);
}

/** By hand, whatever became of it: it begins anew. */
export const retryByHand = (nth: number): Action => ({
  text: `retry delivery ${nth}`,
  act: async (_, world) => {
    const id = pick(await deliveriesOf(world), nth)?.id;
    const params = { id: id ?? '00000000-0000-4000-8000-000000000000' };
    const { status, text } = await knock(retryWebhook, { headers: world.headers, params });
    if (status !== (id === undefined ? 404 : 200)) throw new Error(`a retry of ${id} was answered with ${text}`);
    if (id === undefined) return [];
    const now = (await deliveriesOf(world)).find((delivery) => delivery.id === id);
    if (now?.status === 'pending' && now.attempts === 0) return [];
    throw new Error(`a delivery that is retried shows ${JSON.stringify(now)}`);
  },
});
