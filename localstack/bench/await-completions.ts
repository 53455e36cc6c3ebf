import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '../startup-error.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

/** Longer than any settlement outside test mode (10 s): then nothing comes any more. */
const SILENCE_MS = 20_000;

/** When each payment had all its webhooks. @throws when webhooks stop arriving before that. */
export async function awaitCompletions(receiver: WebhookReceiver, paymentIds: readonly string[]): Promise<number[]> {
  const done = new AbortController();
  const all = Promise.all(paymentIds.map((id) => receiver.completion(id)));
  try {
    return await Promise.race([all, silence(receiver, done.signal)]);
  } finally {
    done.abort();
  }
}

async function silence(receiver: WebhookReceiver, signal: AbortSignal): Promise<never> {
  for (;;) {
    const before = receiver.received();
    await delay(SILENCE_MS, undefined, { signal });
    if (receiver.received() > before) continue;
    throw new StartupError(
      `No webhook has come for ${SILENCE_MS / 1_000} s, and not all payments are complete. Is a worker running, and may ` +
        `webhooks go to ${receiver.url} (WEBHOOK_ALLOW_CIDRS)?`,
    );
  }
}
