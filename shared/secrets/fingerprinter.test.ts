import { expect, test } from '@jest/globals';
import { createHash, createHmac } from 'node:crypto';
import { createFingerprinter } from './fingerprinter.ts';

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const text = '{"card":"4111111111111111"}';

test('knows a text again, and no other', () => {
  const fingerprinter = createFingerprinter(`now:${keyOf(1)}`);
  expect(fingerprinter.matches(text, fingerprinter.of(text))).toBe(true);
  expect(fingerprinter.matches(`${text} `, fingerprinter.of(text))).toBe(false);
});

test('after the sealing key was rotated, too, while the old one is listed', () => {
  const old = createFingerprinter(`now:${keyOf(1)}`).of(text);
  const rotated = createFingerprinter(`new:${keyOf(2)},now:${keyOf(1)}`);
  expect(rotated.of(text)).not.toBe(old);
  expect(rotated.matches(text, old)).toBe(true);
  expect(createFingerprinter(`new:${keyOf(2)}`).matches(text, old)).toBe(false);
  expect(createFingerprinter(`now:${keyOf(2)}`).matches(text, old)).toBe(false);
});

test('is no hash that anybody could compute who has a list of card numbers, nor one under the sealing key itself', () => {
  const [id, print = ''] = createFingerprinter(`now:${keyOf(1)}`)
    .of(text)
    .split(':');
  expect(id).toBe('now');
  const hashes = ['sha256', 'sha512', 'sha1', 'md5'].flatMap((name) => [
    createHash(name).update(text).digest('base64url'),
    createHmac(name, Buffer.alloc(32, 1)).update(text).digest('base64url'),
  ]);
  expect(hashes).not.toContain(print);
  expect(Buffer.from(print, 'base64url')).toHaveLength(32);
});

test.each(['', 'now', 'now:', ':', 'nobody:abc'])('the fingerprint %j is of nothing', (fingerprint) => {
  expect(createFingerprinter(`now:${keyOf(1)}`).matches(text, fingerprint)).toBe(false);
});
