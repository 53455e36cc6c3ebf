import { ApiError } from '../../api/api-error.ts';
import type { GatewayApi, NewPayment } from '../../api/gateway-api.ts';
import { advance, type Attempt, type Heard, isOpen, type OpenAttempt } from './attempt.ts';

export interface Surroundings {
  api: GatewayApi;
  now: () => number;
  newKey: () => string;
  sleep: (ms: number) => Promise<void>;
  /** Resolves at once while there is a network, else when it is back. */
  online: () => Promise<void>;
}

/**
 * Carries an attempt to its end and tells of every step on the way.
 *
 * @param body what to pay; an attempt that only watches a payment has none.
 */
export async function runAttempt(
  start: OpenAttempt,
  body: NewPayment | null,
  { api, now, newKey, sleep, online }: Surroundings,
  onStep: (attempt: Attempt) => void,
): Promise<void> {
  let attempt: Attempt = start;
  onStep(attempt);
  while (isOpen(attempt)) {
    await sleep(attempt.waitMs);
    await online();
    attempt = advance(attempt, await listen(attempt, body, api), now(), newKey());
    onStep(attempt);
  }
}

async function listen(attempt: OpenAttempt, body: NewPayment | null, api: GatewayApi): Promise<Heard> {
  try {
    if (attempt.step === 'polling') return { kind: 'payment', payment: await api.readPayment(attempt.paymentId) };
    if (body === null) throw new Error('There is nothing to send');
    return { kind: 'created', paymentId: (await api.createPayment(body, attempt.key)).id };
  } catch (error) {
    if (error instanceof ApiError) return { kind: 'error', error };
    throw error;
  }
}
