import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';

/** Waits up to two seconds for what the other process is about to do. */
export async function soon<T>(read: () => Promise<T>, expected: T): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (isDeepStrictEqual(await read(), expected)) return;
    await new Promise((pass) => setTimeout(pass, 20));
  }
  expect(await read()).toEqual(expected);
}
