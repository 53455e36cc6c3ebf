import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a webhook comes from the gateway, unchanged and fresh.
 * rawBody: the Buffer that came, before anything parsed it. headers: as Node has them, with lower-case names.
 */
export function verifyWebhook(rawBody, headers, secret, nowSeconds = Date.now() / 1000) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  // Older than five minutes may be somebody who sends a recorded request again.
  if (!(Math.abs(nowSeconds - Number(timestamp)) <= 300)) return false;

  const key = keyOf(secret);
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody).digest('base64');
  // During a rotation there is one signature of each secret; one that fits is enough.
  return (headers['webhook-signature'] ?? '').split(' ').some((given) => isEqual(given, `v1,${expected}`));
}

/** The short way, which knows no age: X-Webhook-Signature is the hex HMAC-SHA256 of the body. */
export function verifyBody(rawBody, signature, secret) {
  return isEqual(signature ?? '', createHmac('sha256', secret).update(rawBody).digest('hex'));
}

/** What follows whsec_ is base64; a secret written by hand is used as it stands. */
function keyOf(secret) {
  const encoded = secret.replace(/^whsec_/, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) ? Buffer.from(encoded, 'base64') : Buffer.from(secret);
}

/** In constant time, so that a forger learns nothing from how long it takes. */
function isEqual(given, expected) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
