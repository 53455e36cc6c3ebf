import { test, expect } from '@jest/globals';
import { ROTATION_HINT } from './rotation-hint.ts';
import { signDelivery } from './sign-delivery.ts';
import { createVerifyWebhook } from './verify-webhook.ts';

const secret = 'whsec_test_abc123';
const nowMs = Date.UTC(2026, 0, 15, 10, 30);
const verify = createVerifyWebhook(secret);
const body = '{"event":"payment.success",  "note":"₹ café \\u20b9"}\n';
const signed = signDelivery(body, { secret, atMs: nowMs });

// From: openssl dgst -sha256 -hmac whsec_test_abc123, over the body above.
const OPENSSL_HEX = '79ef655ad81bc927690466d6f9faeb0a11aa23b1a50a274ae87ebec2d666c170';

function verifyWith(changes: Record<string, string | undefined>, bytes = Buffer.from(body), atMs = nowMs) {
  return verify({ ...signed, ...changes }, bytes, atMs);
}

test('accepts what openssl signed, unusual spacing and unicode included', () => {
  expect(verify({ 'x-webhook-signature': OPENSSL_HEX }, Buffer.from(body), nowMs)).toEqual({ verified: true });
});

test('accepts both signatures together', () => {
  expect(verifyWith({})).toEqual({ verified: true });
});

test('accepts a base64 secret as the standardwebhooks package reads it', () => {
  const base64Secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLw==';
  const headers = signDelivery(body, { secret: base64Secret, atMs: nowMs });
  expect(createVerifyWebhook(base64Secret)(headers, Buffer.from(body), nowMs)).toEqual({ verified: true });
});

test('accepts one fitting signature of several, as during a rotation', () => {
  const other = signDelivery(body, { secret: 'whsec_the_new_one', atMs: nowMs })['webhook-signature'];
  expect(verifyWith({ 'webhook-signature': `${other} ${signed['webhook-signature']}` })).toEqual({ verified: true });
});

test('refuses the same JSON in other bytes', () => {
  const reserialised = Buffer.from(JSON.stringify(JSON.parse(body)));
  expect(verifyWith({}, reserialised)).toEqual({
    verified: false,
    check: 'X-Webhook-Signature',
    reason: `signature does not match: was the body changed, or is the secret another? ${ROTATION_HINT}`,
  });
});

test.each([
  [
    'another secret',
    { 'x-webhook-signature': signDelivery(body, { secret: 'whsec_x' })['x-webhook-signature'] },
    /not match/,
  ],
  ['no signature', { 'x-webhook-signature': undefined }, /missing/],
  ['an empty signature', { 'x-webhook-signature': '' }, /missing/],
  ['a short signature', { 'x-webhook-signature': 'abc' }, /3 characters long/],
  ['a long signature', { 'x-webhook-signature': `${OPENSSL_HEX}00` }, /66 characters long/],
  ['64 letters that take more bytes', { 'x-webhook-signature': 'é'.repeat(64) }, /characters long|not match/],
  ['upper-case hex', { 'x-webhook-signature': OPENSSL_HEX.toUpperCase() }, /not match/],
])('refuses %s on X-Webhook-Signature', (_name, changes, reason) => {
  expect(verifyWith(changes)).toMatchObject({
    verified: false,
    check: 'X-Webhook-Signature',
    reason: expect.stringMatching(reason),
  });
});

test.each([
  ['a changed id', { 'webhook-id': 'evt_2' }, /not match/],
  ['a changed time', { 'webhook-timestamp': String(nowMs / 1000 + 1) }, /not match/],
  ['a short signature', { 'webhook-signature': 'v1,abc' }, /not match/],
  ['only other versions', { 'webhook-signature': 'v1a,abc' }, /version v1/],
  ['no signature', { 'webhook-signature': undefined }, /webhook-signature is missing/],
  ['no id', { 'webhook-id': undefined }, /webhook-id is missing/],
  ['no time', { 'webhook-timestamp': undefined }, /webhook-timestamp is missing/],
  ['a time that is none', { 'webhook-timestamp': '12 o’clock' }, /not a Unix time/],
])('refuses %s on webhook-signature', (_name, changes, reason) => {
  expect(verifyWith(changes)).toMatchObject({
    verified: false,
    check: 'webhook-signature',
    reason: expect.stringMatching(reason),
  });
});

test.each([
  [300, true],
  [301, false],
  [-300, true],
  [-301, false],
])('a timestamp %i s old: verified %s', (ageSeconds, verified) => {
  expect(verifyWith({}, Buffer.from(body), nowMs + ageSeconds * 1000).verified).toBe(verified);
});

test('says that an old timestamp is old, and that an early one is early', () => {
  const later = verifyWith({}, Buffer.from(body), nowMs + 3_600_000);
  const earlier = verifyWith({}, Buffer.from(body), nowMs - 3_600_000);
  expect(later).toMatchObject({ reason: expect.stringContaining('3600 s old') });
  expect(earlier).toMatchObject({ reason: expect.stringContaining('3600 s in the future') });
});
