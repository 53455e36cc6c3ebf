import { expect, test } from '@jest/globals';
import { packageWebhook } from './sign-delivery.ts';
import { refuseStandardSignature } from './refuse-standard-signature.ts';
import { standardSigningKey } from './standard-signing-key.ts';

test('a base64 secret is decoded, without its prefix', () => {
  expect(standardSigningKey('whsec_aGVsbG8h').toString()).toBe('hello!');
  expect(standardSigningKey('aGVsbG8h').toString()).toBe('hello!');
});

test('any other secret is taken whole', () => {
  expect(standardSigningKey('whsec_test_abc123').toString()).toBe('whsec_test_abc123');
  expect(standardSigningKey('whsec_').toString()).toBe('whsec_');
});

test.each(['whsec_test_abc123', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLw==', 'whsec_AAAA', 'plain secret!'])(
  'the standardwebhooks package signs alike with %s',
  (secret) => {
    const seconds = 1_768_473_000;
    const signature = packageWebhook(secret).sign('evt_1', new Date(seconds * 1000), '{"a":1}');
    const headers = { id: 'evt_1', timestamp: String(seconds), signature };
    const refusal = refuseStandardSignature(
      headers,
      Buffer.from('{"a":1}'),
      standardSigningKey(secret),
      seconds * 1000,
    );
    expect(refusal).toBeNull();
  },
);
