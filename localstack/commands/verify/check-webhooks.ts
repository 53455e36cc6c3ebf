import { CheckFailed } from './check-failed.ts';
import type { MerchantClient } from './merchant-client.ts';
import type { Verification } from './run-verification.ts';
import { waitFor } from './wait-for.ts';

/** What the gateway's own log says of one delivery. */
interface Delivery {
  id: string;
  status: string;
  attempts: number;
  response_code: number | null;
  created_at: string;
  url: string;
  payload: string;
  attempt_log: readonly { error: string | null }[];
}

/** Where this merchant's webhooks go. @throws CheckFailed when nowhere: then there is nothing to verify. */
export async function readWebhookUrl(client: MerchantClient, testMerchantUrl: string | undefined): Promise<string> {
  const { webhook_url: url } = await client.expect(200, 'GET', '/api/v1/merchants/me');
  if (typeof url === 'string') return url;
  const example = `${testMerchantUrl ?? 'https://shop.example'}/webhook`;
  throw new CheckFailed({
    expected: "a webhook_url in the merchant's profile",
    came: 'none, so no webhook is ever sent',
    look: `Set one: curl -X PUT ${client.apiUrl}/api/v1/merchants/me with the headers X-Api-Key, X-Api-Secret and Content-Type: application/json, and -d '{"webhook_url":"${example}"}'`,
  });
}

/** Waits until an event of this payment was delivered: answered with 200 to 299 by the merchant's server. */
export async function awaitDelivery(
  { client, steps: { step }, timeoutMs }: Verification,
  event: string,
  payment: { id: string; createdAt: string },
): Promise<void> {
  let found: string | undefined;
  const look = async () => {
    found ??= await findDelivery(client, event, payment);
    if (found === undefined) return undefined;
    return (await client.expect(200, 'GET', `/api/v1/webhooks/${found}`)) as unknown as Delivery;
  };
  await step(event, async (progress) => {
    const delivery = await waitFor(client, {
      expected: `${event} of ${payment.id} delivered (status success)`,
      ask: look,
      isDone: (seen) => seen !== undefined && seen.status !== 'pending',
      show: showDelivery,
      timeoutMs,
      progress,
    });
    if (delivery?.status === 'success') return { line: `${event}: delivered`, result: undefined };
    throw new CheckFailed({
      expected: `${event} delivered (status success)`,
      came: showDelivery(delivery),
      look: `The server at ${delivery?.url ?? 'webhook_url'}; GET /api/v1/webhooks/${found ?? ''} has every attempt.`,
    });
  });
}

function showDelivery(delivery: Delivery | undefined): string {
  if (delivery === undefined) return 'no delivery in GET /api/v1/webhooks';
  const { status, attempts, response_code: code, attempt_log: log, url } = delivery;
  const error = log.at(-1)?.error;
  const last = error ?? (code === null ? '' : `answered ${code}`);
  return `status ${status} after ${attempts} attempts to ${url}${last === '' ? '' : `, the last: ${last}`}`;
}

/** Looks through the log from the newest back to the payment's own time, which is of the same clock. */
async function findDelivery(client: MerchantClient, event: string, payment: { id: string; createdAt: string }) {
  for (let offset = 0; ; offset += 100) {
    const path = `/api/v1/webhooks?event=${event}&limit=100&offset=${offset}`;
    const { data } = (await client.expect(200, 'GET', path)) as unknown as { data: Delivery[] };
    for (const { id, created_at: createdAt } of data) {
      if (createdAt < payment.createdAt) return undefined;
      const { payload } = (await client.expect(200, 'GET', `/api/v1/webhooks/${id}`)) as unknown as Delivery;
      if (payload.includes(`"${payment.id}"`)) return id;
    }
    if (data.length < 100) return undefined;
  }
}
