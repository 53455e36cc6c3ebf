import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

export interface SignOptions {
  secret: string;
  webhookId?: string;
  atMs?: number;
}

/** For tests: the headers a gateway sends; the standard one comes from the standard's own package. */
export function signDelivery(
  body: string,
  { secret, webhookId = 'evt_1', atMs = Date.now() }: SignOptions,
): Record<string, string> {
  const seconds = Math.floor(atMs / 1000);
  return {
    'x-webhook-signature': createHmac('sha256', secret).update(body).digest('hex'),
    'webhook-id': webhookId,
    'webhook-timestamp': String(seconds),
    'webhook-signature': packageWebhook(secret).sign(webhookId, new Date(seconds * 1000), body),
  };
}

/** The package throws on a secret that is no base64, and takes it letter by letter when told so. */
export function packageWebhook(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch {
    return new Webhook(secret, { format: 'raw' });
  }
}
