import type { CardInput } from '../../shared/contracts/payments.ts';
import { ApiError } from './api-error.ts';
import { errorOfResponse } from './error-of-response.ts';
import type { PublicOrder, PublicPayment } from './public-objects.ts';

export type PaidHow = { method: 'upi'; vpa: string } | { method: 'card'; card: CardInput };
export type NewPayment = { order_id: string } & PaidHow;

export interface GatewayApi {
  readOrder(id: string): Promise<PublicOrder>;
  readPayment(id: string): Promise<PublicPayment>;
  /** Says the id and the status; the rest of the payment is for `readPayment`. */
  createPayment(body: NewPayment, idempotencyKey: string): Promise<{ id: string }>;
}

/** Reading is quick or broken; money gets the time of a slow phone network before it is called unanswered. */
const readTimeoutMs = 8_000;
const createTimeoutMs = 20_000;

/** The gateway as a shopper's page may use it. Every verb throws an ApiError and nothing else. */
export function createGatewayApi(origin: string, fetchIt: typeof fetch = fetch): GatewayApi {
  async function send(path: string, init: RequestInit, timeoutMs: number): Promise<unknown> {
    let response: Response;
    try {
      // No credentials: whoever is signed in elsewhere is no business of a shopper's page.
      const common = { credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) } as const;
      response = await fetchIt(`${origin}/api/v1${path}`, { ...common, ...init });
      if (response.ok) return await response.json();
    } catch (cause) {
      throw new ApiError('NETWORK', 'The gateway did not answer', { cause });
    }
    throw await errorOfResponse(response);
  }

  const read = (path: string) => send(path, {}, readTimeoutMs);

  return {
    readOrder: async (id) => (await read(`/orders/${encodeURIComponent(id)}/public`)) as PublicOrder,
    readPayment: async (id) => (await read(`/payments/${encodeURIComponent(id)}/public`)) as PublicPayment,
    createPayment: async (body, idempotencyKey) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await send('/payments/public', init, createTimeoutMs)) as { id: string };
    },
  };
}
