import { describe, expect, test } from '@jest/globals';
import { paymentFailures } from '../../../shared/contracts/errors.ts';
import { failureOfPayment, failureOfRefusal } from './failure.ts';

const fail = (error_code?: string, method: 'upi' | 'card' = 'card') =>
  failureOfPayment({
    id: 'pay_1',
    method,
    ...(error_code === undefined ? {} : { error_code, error_description: 'bank' }),
  });

describe('a failed payment', () => {
  test.each(Object.keys(paymentFailures))('%s says what happened and what to do', (code) => {
    const failure = fail(code);
    expect(failure).toMatchObject({ code, description: 'bank', paymentId: 'pay_1' });
    expect(failure.happened).toMatch(/\.$/);
    expect(failure.todo).toMatch(/\.$/);
  });

  test.each([
    ['PAYMENT_FAILED', true],
    ['INSUFFICIENT_FUNDS', true],
    ['EXPIRED_CARD', true],
    ['INCORRECT_CVV', true],
    ['ORDER_ALREADY_PAID', true],
    ['PROCESSING_ERROR', false],
    ['PAYMENT_TIMEOUT', false],
    ['A_CODE_FROM_THE_FUTURE', false],
    ['constructor', false],
  ])('%s: that nobody was charged is certain: %s', (code, certain) => {
    expect(fail(code).happened.includes('not been charged')).toBe(certain);
  });

  test('an order that is paid is not paid again', () => {
    expect(fail('ORDER_ALREADY_PAID').mayRetry).toBe(false);
    expect(fail('INSUFFICIENT_FUNDS').mayRetry).toBe(true);
  });

  test('a declined UPI payment speaks of the app, a declined card of the bank', () => {
    expect(fail('PAYMENT_FAILED', 'upi').todo).toContain('UPI app');
    expect(fail('PAYMENT_FAILED', 'card').happened).toContain('bank declined');
  });

  test('without a reason it is a declined one', () => {
    expect(fail()).toMatchObject({ code: 'PAYMENT_FAILED' });
  });
});

test.each(['INVALID_VPA', 'INVALID_CARD', 'EXPIRED_CARD', 'BAD_REQUEST_ERROR', 'AUTHENTICATION_ERROR'] as const)(
  'a payment refused with %s does not exist and charged nobody',
  (code) => {
    expect(failureOfRefusal({ code, message: 'words' })).toMatchObject({
      code,
      description: 'words',
      paymentId: null,
      mayRetry: true,
      happened: expect.stringContaining('not been charged'),
    });
  },
);
