import { describe, expect, test } from '@jest/globals';
import { ApiError, type ApiErrorCode } from '../../api/api-error.ts';
import type { PublicPayment } from '../../api/public-objects.ts';
import { advance, type Attempt, deadlineMs, type OpenAttempt, sendAttempt, watchPayment } from './attempt.ts';

const t0 = 1_000_000;
const payment = (status: PublicPayment['status']): PublicPayment => ({
  id: 'pay_1',
  order_id: 'order_1',
  amount: 50_000,
  currency: 'INR',
  method: 'upi',
  vpa: 'success@test',
  status,
  created_at: '2030-01-15T10:31:10.000Z',
  updated_at: '2030-01-15T10:31:10.000Z',
});
const error = (code: ApiErrorCode, retryAfterMs?: number) => ({
  kind: 'error' as const,
  error: new ApiError(code, 'words', retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const is = (status: PublicPayment['status']) => ({ kind: 'payment' as const, payment: payment(status) });
const sending = sendAttempt('key-1', t0);
const polling = watchPayment('pay_1', t0);

describe('sending', () => {
  test('begins at once, under its key', () => {
    expect(sending).toMatchObject({ step: 'sending', key: 'key-1', waitMs: 0 });
  });

  test('a payment that was made is watched, and its time runs from the press of the button', () => {
    const next = advance(sending, { kind: 'created', paymentId: 'pay_1' }, t0 + 500, 'key-2');
    expect(next).toMatchObject({ step: 'polling', paymentId: 'pay_1', sinceMs: t0 });
  });

  test.each([
    'NETWORK',
    'INTERNAL_ERROR',
    'IDEMPOTENCY_KEY_IN_USE',
    'RATE_LIMIT_ERROR',
    'SERVICE_UNAVAILABLE',
  ] as const)('after %s the same goes out again under the same key', (code) => {
    expect(advance(sending, error(code), t0, 'key-2')).toMatchObject({ step: 'sending', key: 'key-1', waitMs: 1000 });
  });

  test('as late as the gateway asks', () => {
    const next = advance(sending, error('IDEMPOTENCY_KEY_IN_USE', 7000), t0, 'key-2');
    expect(next).toMatchObject({ key: 'key-1', waitMs: 7000 });
  });

  test('waits longer each time, then admits that it does not know, and keeps the key', () => {
    const waits: number[] = [];
    let attempt: Attempt = sending;
    while (attempt.step === 'sending') {
      attempt = advance(attempt, error('NETWORK'), t0, 'key-2');
      if (attempt.step === 'sending') waits.push(attempt.waitMs);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(attempt).toEqual({ step: 'unsure', key: 'key-1' });
  });

  test('a key that stood for other details is left for a fresh one', () => {
    expect(advance(sending, error('IDEMPOTENCY_KEY_REUSED'), t0, 'key-2')).toMatchObject({
      step: 'sending',
      key: 'key-2',
      waitMs: 0,
    });
  });

  test.each(['INVALID_VPA', 'INVALID_CARD', 'EXPIRED_CARD', 'BAD_REQUEST_ERROR', 'NOT_FOUND_ERROR'] as const)(
    '%s is final: there is no payment',
    (code) => {
      expect(advance(sending, error(code), t0, 'key-2')).toMatchObject({ step: 'refused', error: { code } });
    },
  );
});

describe('polling', () => {
  test.each([
    ['success', 'succeeded'],
    ['refunded', 'succeeded'],
    ['partially_refunded', 'succeeded'],
    ['failed', 'failed'],
    ['pending', 'polling'],
  ] as const)('%s is %s', (status, step) => {
    expect(advance(polling, is(status), t0 + 1000, 'key-2')).toMatchObject({ step });
  });

  test.each([
    [0, 600],
    [9_999, 600],
    [10_000, 1_000],
    [60_000, 2_000],
    [deadlineMs - 1, 2_000],
  ])('after %d ms it asks again in %d', (elapsedMs, waitMs) => {
    expect(advance(polling, is('pending'), t0 + elapsedMs, 'key-2')).toMatchObject({ waitMs });
  });

  test('ends when the deadline has passed, with or without answers', () => {
    const unheard = { step: 'unheard', paymentId: 'pay_1' };
    expect(advance(polling, is('pending'), t0 + deadlineMs, 'key-2')).toEqual(unheard);
    expect(advance(polling, error('NETWORK'), t0 + deadlineMs, 'key-2')).toEqual(unheard);
  });

  test('does not end before, however often nobody answers', () => {
    let attempt: Attempt = polling;
    for (let n = 0; n < 50; n++) attempt = advance(attempt as OpenAttempt, error('NETWORK'), t0 + 1000, 'key-2');
    expect(attempt).toMatchObject({ step: 'polling', waitMs: 10_000, trouble: 'no_answer' });
  });

  test('an answer ends the trouble', () => {
    const troubled = advance(polling, error('SERVICE_UNAVAILABLE', 3000), t0, 'key-2') as OpenAttempt;
    expect(troubled).toMatchObject({ trouble: 'busy', waitMs: 3000 });
    expect(advance(troubled, is('pending'), t0, 'key-2')).toMatchObject({ trouble: null, misses: 0 });
  });

  test('a payment that does not exist is no payment', () => {
    expect(advance(polling, error('NOT_FOUND_ERROR'), t0, 'key-2')).toMatchObject({ step: 'refused' });
  });
});
