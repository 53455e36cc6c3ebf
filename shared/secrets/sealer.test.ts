import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSealer } from './sealer.ts';

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const sealer = createSealer(`now:${keyOf(1)}`);

const character = fc.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }));
const anyText = fc.array(character, { minLength: 4, maxLength: 300 }).map((points) => String.fromCodePoint(...points));

test('whatever is sealed comes back, and stands nowhere in what is stored', () => {
  fc.assert(
    fc.property(anyText, (secret) => {
      const sealed = sealer.seal(secret);
      expect(sealer.unseal(sealed)).toBe(secret);
      expect(sealed).toMatch(/^v1:now:[A-Za-z0-9+/]+=*$/);
      expect(Buffer.from(sealed.split(':')[2]!, 'base64').includes(secret)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test('an empty secret is one too', () => {
  expect(sealer.unseal(sealer.seal(''))).toBe('');
});

test('the same secret never looks the same twice', () => {
  const seals = Array.from({ length: 100 }, () => sealer.seal('secret_test_xyz789'));
  expect(new Set(seals).size).toBe(100);
});

test('a change of any byte is noticed', () => {
  const [version, id, body] = sealer.seal('secret').split(':');
  const bytes = Buffer.from(body!, 'base64');
  // 12 bytes of nonce, 16 of tag, 6 of text.
  expect(bytes).toHaveLength(34);
  for (const index of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    expect(() => sealer.unseal([version, id, changed.toString('base64')].join(':'))).toThrow();
  }
});

describe('what was not sealed here', () => {
  const body = () => sealer.seal('secret').split(':')[2]!;
  test.each([
    ['plain text', () => 'secret_test_xyz789'],
    ['nothing', () => ''],
    ['no body', () => 'v1:now:'],
    ['a cut body', () => `v1:now:${body().slice(0, 20)}`],
    ['a cut tag', () => `v1:now:${body().slice(0, 32)}`],
    ['another version', () => `v2:now:${body()}`],
    ['another key’s id', () => `v1:old:${body()}`],
    ['another key of the same id', () => createSealer(`now:${keyOf(2)}`).seal('secret')],
  ])('is not unsealed: %s', (_what, text) => {
    expect(() => sealer.unseal(text())).toThrow();
  });
});

describe('a rotation', () => {
  const rotated = createSealer(`new:${keyOf(2)},now:${keyOf(1)}`);

  test('seals with the first key and unseals with all', () => {
    expect(rotated.seal('secret')).toMatch(/^v1:new:/);
    expect(rotated.unseal(sealer.seal('secret'))).toBe('secret');
    expect(rotated.unseal(rotated.seal('secret'))).toBe('secret');
  });

  test('leaves nothing for who has the old key only', () => {
    expect(() => sealer.unseal(rotated.seal('secret'))).toThrow('no key with the id "new"');
  });
});

test('the sandbox has a key of its own', () => {
  const sealed = createSealer().seal('secret');
  expect(sealed).toMatch(/^v1:sandbox:/);
  expect(createSealer().unseal(sealed)).toBe('secret');
});
