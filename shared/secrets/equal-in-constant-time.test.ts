import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { equalInConstantTime } from './equal-in-constant-time.ts';

test.each([
  ['secret_test_xyz789', 'secret_test_xyz789', true],
  ['₹😀', '₹😀', true],
  ['secret_test_xyz789', 'secret_test_xyz788', false],
  ['secret_test_xyz78', 'secret_test_xyz789', false],
  ['secret_test_xyz7890', 'secret_test_xyz789', false],
  ['SECRET', 'secret', false],
  [' secret', 'secret', false],
  ['', 'secret', false],
  ['secret', '', false],
  // No secret at all is never the right one.
  ['', '', false],
])('%j is %j: %s', (given, expected, equal) => {
  expect(equalInConstantTime(given, expected)).toBe(equal);
});

test('only the same text is the same, of whatever length', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
      fc.pre(one !== other);
      expect(equalInConstantTime(one, one)).toBe(true);
      expect(equalInConstantTime(one, other)).toBe(false);
    }),
  );
});
