import type { Trouble } from './gateway-trouble.ts';
import type { ShopSettings } from './shop-settings.ts';

export interface OrderWish {
  amount: number;
  currency: string;
  receipt: string;
  notes: Record<string, string | number>;
}
export type OpenAtGateway = (wish: OrderWish, idempotencyKey: string) => Promise<{ orderId: string } | Trouble>;

// A shopper waits for this with a finger on the button.
const PATIENCE_MS = 10_000;
// The first of two equal requests takes some milliseconds; until then the second is told to come back.
const ASK_AGAIN_AFTER_MS = 100;
const ASKED_AT_MOST = 20;

/** Opens orders as the merchant. The secret goes into the request's header and nowhere else, so the details may be shown. */
export function createOpenAtGateway(apiUrl: string, { apiKey, apiSecret }: ShopSettings): OpenAtGateway {
  const address = new URL('/api/v1/orders', apiUrl).href;

  return async (wish, idempotencyKey) => {
    const send = () =>
      fetch(address, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Api-Key': apiKey,
          'X-Api-Secret': apiSecret,
          'Idempotency-Key': idempotencyKey,
        },
        body: JSON.stringify(wish),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    try {
      let answer = await send();
      for (let asked = 1; answer.status === 409 && asked < ASKED_AT_MOST; asked++) {
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_AFTER_MS));
        answer = await send();
      }
      return readAnswer(answer.status, await answer.text());
    } catch (error) {
      return { kind: 'GATEWAY_UNREACHABLE', details: `POST ${address}: ${causeOf(error)}. Is the gateway running?` };
    }
  };

  function readAnswer(status: number, text: string): { orderId: string } | Trouble {
    const orderId = status === 201 ? orderIdIn(text) : null;
    if (orderId !== null) return { orderId };
    const details = `POST ${address} answered ${status}: ${text.slice(0, 300)}`;
    if (status === 401) {
      const remedy = 'Start the test merchant with the API_KEY and API_SECRET of a merchant of this gateway.';
      return { kind: 'GATEWAY_KEYS_REFUSED', details: `${details}\nThe shop signs in as ${apiKey}. ${remedy}` };
    }
    const isBusy = status === 409 || status === 429 || status === 503;
    return { kind: isBusy ? 'GATEWAY_BUSY' : 'GATEWAY_REFUSED', details };
  }
}

const orderIdIn = (text: string): string | null => /"id":"(order_[A-Za-z0-9]{16})"/.exec(text)?.[1] ?? null;

/** `fetch` says "fetch failed" and keeps what happened in its cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${PATIENCE_MS / 1000} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  // Of several addresses tried, each has an error of its own and the whole has no words.
  return cause.message || ('code' in cause ? String(cause.code) : error.message);
}
