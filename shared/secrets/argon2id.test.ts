import * as ofPackage from '@node-rs/argon2';
import { describe, expect, test } from '@jest/globals';
import { hash, verify } from './argon2id.ts';

/** The least that Argon2 allows, so that the tests are quick. */
const cost = { memoryCost: 8, timeCost: 1, parallelism: 1 };
const password = 'correct horse battery 😀';

describe('the two implementations agree', () => {
  test('what one hashed, the other verifies', async () => {
    expect(await ofPackage.verify(await hash(password, cost), password)).toBe(true);
    expect(await verify(await ofPackage.hash(password, cost), password)).toBe(true);
    expect(
      await verify(await ofPackage.hash(password, { ...cost, timeCost: 3, parallelism: 2, memoryCost: 64 }), password),
    ).toBe(true);
  });

  test('and refuses what is another password', async () => {
    expect(await verify(await ofPackage.hash(password, cost), `${password} `)).toBe(false);
    expect(await ofPackage.verify(await hash(password, cost), '')).toBe(false);
  });
});

test('the reference implementation has the same answer', async () => {
  // `echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1`, of the tests of the reference implementation.
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await verify(reference, 'password')).toBe(true);
  expect(await verify(reference, 'Password')).toBe(false);
});

test.each([
  '',
  'password',
  '$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  '$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$',
])('%j is no hash', async (hashed) => {
  await expect(verify(hashed, password)).rejects.toThrow('no hash');
});
