import { createHmac } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';
// 192 bits, the least that Standard Webhooks recommends; divisible by three, so that the base64 has no padding to lose.
const SECRET_BYTES = 24;
const STANDARD_BASE64 = /^[A-Za-z0-9+/]{4,}={0,2}$/;

/** The secrets a delivery is signed with. `previous` are the ones rotated away that are still valid, oldest first. */
export type WebhookSecrets = { readonly current: string; readonly previous: readonly string[] };

/**
 * The headers of one delivery attempt over `body`, the exact text that is sent.
 *
 * `X-Webhook-Signature` is lower-case hex HMAC-SHA256 of the body, keyed with the whole `whsec_...` string as UTF-8; during
 * a rotation with the oldest that is still valid. `webhook-id`, `webhook-timestamp` and `webhook-signature` follow Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): `v1,` and base64
 * HMAC-SHA256 of `id.timestamp.body`; during a rotation one of each secret, current first, parted by spaces.
 *
 * The key of the standard signature is what the standard's libraries make of the secret: the bytes behind the base64 after
 * `whsec_`. A hand-written secret such as `whsec_test_abc123` is no base64 (`_`), and `new Webhook(secret)` throws on it;
 * for such a one the key is the whole string as UTF-8, which `new Webhook(secret, { format: 'raw' })` verifies.
 */
export function signWebhook({
  body,
  webhookId,
  timestampSeconds,
  secrets,
}: {
  body: string;
  webhookId: string;
  timestampSeconds: number;
  secrets: WebhookSecrets;
}): Record<string, string> {
  const signedText = `${webhookId}.${timestampSeconds}.${body}`;
  const [oldest = secrets.current] = secrets.previous;
  return {
    'Content-Type': 'application/json',
    'X-Webhook-Signature': createHmac('sha256', oldest).update(body).digest('hex'),
    'webhook-id': webhookId,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': [secrets.current, ...secrets.previous]
      .map((secret) => standardSignature(secret, signedText))
      .join(' '),
  };
}

/** A new secret: `whsec_` and the base64 of 24 bytes. `randomBytes` is `node:crypto`'s, or a test's. */
export function newWebhookSecret(randomBytes: (size: number) => Uint8Array): string {
  return SECRET_PREFIX + Buffer.from(randomBytes(SECRET_BYTES)).toString('base64');
}

function standardSignature(secret: string, signedText: string): string {
  return `v1,${createHmac('sha256', standardKey(secret)).update(signedText).digest('base64')}`;
}

function standardKey(secret: string): Buffer {
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret;
  return STANDARD_BASE64.test(encoded) ? Buffer.from(encoded, 'base64') : Buffer.from(secret, 'utf8');
}
