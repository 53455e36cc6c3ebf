import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import fc from 'fast-check';
import { newWebhookSecret, signWebhook } from './sign.ts';

const body = '{"event":"payment.success","timestamp":1705315870,"data":{"note":"₹ and \\u0000"}}';
const countingBytes = (size: number) => Uint8Array.from({ length: size }, (_, index) => index);
const nowSeconds = () => Math.floor(Date.now() / 1_000);
const sign = ({ current, previous = [] }: { current: string; previous?: readonly string[] }) =>
  signWebhook({ body, webhookId: 'evt_1', timestampSeconds: nowSeconds(), secrets: { current, previous } });

describe('newWebhookSecret', () => {
  test('is whsec_ and the base64 of 24 bytes', () => {
    expect(newWebhookSecret(countingBytes)).toBe('whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX');
  });
});

describe('X-Webhook-Signature', () => {
  test('is what openssl makes of the body and the whole secret', () => {
    const headers = signWebhook({
      body: '{"event":"payment.success"}',
      webhookId: 'evt_1',
      timestampSeconds: 1_705_315_870,
      secrets: { current: 'whsec_test_abc123', previous: [] },
    });
    // printf '%s' '{"event":"payment.success"}' | openssl dgst -sha256 -hmac whsec_test_abc123
    expect(headers['X-Webhook-Signature']).toBe('68db5c712c1755f85e19c06ec783197c7fc580436ea7bb9a6a98667e92b7daf5');
    expect(headers['webhook-id']).toBe('evt_1');
    expect(headers['webhook-timestamp']).toBe('1705315870');
    expect(headers['Content-Type']).toBe('application/json');
    // printf '%s' 'evt_1.1705315870.{"event":"payment.success"}' | openssl dgst -sha256 -hmac whsec_test_abc123 -binary | base64
    expect(headers['webhook-signature']).toBe('v1,jksFuUyPv84oN9dzGwBDdfr//DmyLGDuMPYPNg5bExU=');
  });

  test('stays with the oldest valid secret during a rotation', () => {
    const rotating = sign({ current: newWebhookSecret(countingBytes), previous: ['whsec_test_abc123', 'whsec_later'] });
    const old = createHmac('sha256', 'whsec_test_abc123').update(body, 'utf8').digest('hex');
    expect(rotating['X-Webhook-Signature']).toBe(old);
  });
});

describe('the Standard Webhooks headers', () => {
  test('verify with the standard library for every secret we make', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 24 }), (bytes) => {
        const secret = newWebhookSecret(() => bytes);
        expect(new Webhook(secret).verify(body, sign({ current: secret }))).toEqual(JSON.parse(body));
      }),
      { numRuns: 50 },
    );
  });

  test('verify for whatever secret the library can decode, padded or not', () => {
    for (const size of [16, 17, 18, 32, 64]) {
      for (const encoding of ['base64', 'plain'] as const) {
        const padded = `whsec_${Buffer.from(countingBytes(size)).toString('base64')}`;
        const secret = encoding === 'base64' ? padded : padded.replaceAll('=', '');
        expect(() => new Webhook(secret).verify(body, sign({ current: secret }))).not.toThrow();
      }
    }
  });

  test('verify in raw format for the hand-written secret, which the library cannot decode', () => {
    expect(() => new Webhook('whsec_test_abc123')).toThrow('incorrect characters');
    const raw = new Webhook('whsec_test_abc123', { format: 'raw' });
    expect(raw.verify(body, sign({ current: 'whsec_test_abc123' }))).toEqual(JSON.parse(body));
  });

  test('verify with each valid secret during a rotation, with the new one only after it', () => {
    const previous = newWebhookSecret((size) => new Uint8Array(size).fill(1));
    const current = newWebhookSecret((size) => new Uint8Array(size).fill(2));
    const between = newWebhookSecret((size) => new Uint8Array(size).fill(3));
    const rotating = sign({ current, previous: [previous, between] });
    expect(rotating['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44} v1,\S{44}$/);
    for (const secret of [current, previous, between]) {
      expect(() => new Webhook(secret).verify(body, rotating)).not.toThrow();
    }
    expect(() => new Webhook(previous).verify(body, sign({ current }))).toThrow('No matching signature');
  });

  test('do not verify for another body', () => {
    const secret = newWebhookSecret(countingBytes);
    expect(() => new Webhook(secret).verify(`${body} `, sign({ current: secret }))).toThrow('No matching signature');
  });
});
