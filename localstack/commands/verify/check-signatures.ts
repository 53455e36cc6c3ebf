import { CheckFailed } from './check-failed.ts';
import type { Verification } from './run-verification.ts';

interface Received {
  event: string | null;
  verified: boolean;
  reason: string | null;
}

/** Asks the local test merchant, when that is where the webhooks went, whether the signatures were right. */
export async function checkSignatures(
  { steps: { step }, testMerchantUrl }: Verification,
  webhookUrl: string,
  events: readonly string[],
  paymentId: string,
): Promise<void> {
  if (testMerchantUrl === undefined || placeOf(webhookUrl) !== placeOf(testMerchantUrl)) return;
  await step('signatures', async () => {
    const response = await fetch(`${testMerchantUrl}/logs?payment_id=${paymentId}`);
    const { data } = (await response.json()) as { data: Received[] };
    for (const event of events) {
      const received = data.filter((delivery) => delivery.event === event);
      if (received.some(({ verified }) => verified)) continue;
      throw new CheckFailed({
        expected: `the test merchant to verify the signature of ${event}`,
        came: received[0] === undefined ? 'nothing in its log' : (received[0].reason ?? 'not verified'),
        look: `${testMerchantUrl} shows what it received. It knows the seeded secret, or the one in WEBHOOK_SECRET.`,
      });
    }
    return { line: 'signatures: verified by the test merchant', result: undefined };
  });
}

/** `localhost` and 127.0.0.1 are one place. */
const placeOf = (url: string) => new URL(url).host.replace(/^(127\.0\.0\.1|\[::1\])(?=:|$)/, 'localhost');
