import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { vpaPattern } from '../../../shared/contracts/payments.ts';
import { tidyVpa, whatIsWrongWithVpa } from './vpa.ts';

test.each([
  ['success@test', null],
  [' a.b-c_d@okbank ', null],
  ['', 'Enter your UPI ID, for example name@bank.'],
  ['asha', 'The part after the @ is missing, for example name@bank.'],
  ['asha@', 'The part after the @ is missing, for example name@bank.'],
  ['@bank', 'The part before the @ is missing, for example name@bank.'],
  ['asha@mail.com', 'That looks like an email address. A UPI ID looks like name@bank.'],
  ['as+ha@bank', 'A UPI ID has letters, digits, dots and dashes, then @ and a bank, for example name@bank.'],
  ['a@b@c', 'A UPI ID has letters, digits, dots and dashes, then @ and a bank, for example name@bank.'],
  [
    `${'a'.repeat(251)}@bank`,
    'A UPI ID has letters, digits, dots and dashes, then @ and a bank, for example name@bank.',
  ],
])('%j: %s', (text, sentence) => {
  expect(whatIsWrongWithVpa(text)).toBe(sentence);
});

test('lets through what the gateway takes and nothing else', () => {
  const nearlyVpa = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '.', '_', '-', '@', '+', 'é'), maxLength: 8 });
  fc.assert(
    fc.property(nearlyVpa, (text) => {
      expect(whatIsWrongWithVpa(text) === null).toBe(vpaPattern.test(tidyVpa(text)));
    }),
    { numRuns: 2000 },
  );
});
