import { timingSafeEqual } from 'node:crypto';

// Lengths may differ in time: the length of a right signature is public. Its content is not.
export function equalInConstantTime(given: string, expected: string): boolean {
  const givenBytes = Buffer.from(given);
  const expectedBytes = Buffer.from(expected);
  return givenBytes.length === expectedBytes.length && timingSafeEqual(givenBytes, expectedBytes);
}
