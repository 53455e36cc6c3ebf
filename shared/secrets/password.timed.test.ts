import { parseOptions } from '@node-rs/argon2';
import { describe, expect, test } from '@jest/globals';
import { hashPassword, passwordProblem, verifyPassword } from './password.ts';

const password = 'correct horse battery';

test('a password verifies against its hash, and no other does', async () => {
  const hashed = await hashPassword(password);
  expect(await verifyPassword(password, hashed)).toBe(true);
  expect(await verifyPassword(`${password} `, hashed)).toBe(false);
  expect(await verifyPassword('Correct horse battery', hashed)).toBe(false);
  expect(await verifyPassword('', hashed)).toBe(false);
});

test('a hash is argon2id at the price OWASP asks for, and never the same twice', async () => {
  const [one, other] = [await hashPassword(password), await hashPassword(password)];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(parseOptions(one)).toMatchObject({ saltLen: 16, outputLen: 32 });
  expect(one).not.toBe(other);
});

test('one visible character is one, however the keyboard sends it', async () => {
  const hashed = await hashPassword('caf\u00e9 au lait, s\u2019il vous pla\u00eet');
  expect(await verifyPassword('cafe\u0301 au lait, s\u2019il vous plai\u0302t', hashed)).toBe(true);
});

describe('without a hash', () => {
  test('nothing verifies, the empty password included', async () => {
    expect(await verifyPassword(password, null)).toBe(false);
    expect(await verifyPassword('', null)).toBe(false);
  });

  test('the answer takes as long as with one', async () => {
    const hashed = await hashPassword(password);
    const timesMs = { withHash: [] as number[], without: [] as number[] };
    const take = async (times: number[], against: string | null) => {
      const startedAt = performance.now();
      await verifyPassword('another password', against);
      times.push(performance.now() - startedAt);
    };
    // In turns, so that a busy moment of the machine meets both.
    for (let run = 0; run < 9; run++) {
      await take(timesMs.withHash, hashed);
      await take(timesMs.without, null);
    }
    // Skipped work would be a thousandth.
    const ratio = Math.min(...timesMs.without) / Math.min(...timesMs.withHash);
    expect(ratio).toBeGreaterThan(0.3);
    expect(ratio).toBeLessThan(3);
  });
});

describe('the length', () => {
  test.each([
    ['x'.repeat(14), 'must have at least 15 characters'],
    ['x'.repeat(15), undefined],
    ['😀'.repeat(14), 'must have at least 15 characters'],
    ['😀'.repeat(128), undefined],
    ['x'.repeat(129), 'must have at most 128 characters'],
    // A character that NFKC makes eighteen of.
    ['\ufdfa'.repeat(10), 'must have at most 128 characters'],
  ])('of %p', (given, problem) => {
    expect(passwordProblem(given)).toBe(problem);
  });

  test('a megabyte is not hashed, and verifies as nothing without being looked at', async () => {
    const megabyte = 'x'.repeat(1_000_000);
    expect(() => hashPassword(megabyte)).toThrow('at most 128 characters');
    const startedAt = performance.now();
    expect(await verifyPassword(megabyte, await hashPassword(password))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
