import { describe, expect, test } from '@jest/globals';
import { ForbiddenAddressError } from '../../../../shared/webhooks/outgoing/guarded-connector.ts';
import { failureInWords } from '../../../../shared/webhooks/outgoing/failure-in-words.ts';
import { causeOf } from './cause-in-words.ts';

const general = 'Look at the URL, and whether your server can be reached from outside.';

test('what was delivered has no cause', () => {
  for (const code of [200, 204, 299]) expect(causeOf({ response_code: code, error: null })).toBeNull();
});

describe('a silence', () => {
  test.each([
    'ECONNRESET',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ETIMEDOUT',
    'ENOTFOUND',
    'ENODATA',
    'EAI_AGAIN',
    'ETIMEOUT',
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UND_ERR_HEADERS_OVERFLOW',
    'EPROTO',
  ])('by %s has an advice of its own', (code) => {
    const cause = causeOf({ response_code: null, error: failureInWords({ code }) });
    expect(cause?.what).toMatch(/^[A-Z]/);
    expect(cause?.todo).not.toBe(general);
  });

  test.each([
    ['timed out after 5000 ms', /5 seconds/],
    ['connection refused by 127.0.0.1:9', /Start your server/],
    ['redirect not followed (302)', /never followed/],
    ['TLS certificate chain is incomplete', /intermediate/],
  ])('%s', (error, todo) => {
    expect(causeOf({ response_code: null, error })?.todo).toMatch(todo);
  });

  test('that was our own doing', () => {
    const error = failureInWords(new ForbiddenAddressError('10.0.0.1'));
    expect(causeOf({ response_code: null, error })?.todo).toMatch(/public https/);
  });

  test('of a cause nobody has thought of is still advised on', () => {
    expect(causeOf({ response_code: null, error: 'delivery failed (EODD)' })).toEqual({
      what: 'Delivery failed (EODD)',
      todo: general,
    });
  });
});

test.each([
  [401, /wrong secret/],
  [404, /path is not there/],
  [500, /Your server failed/],
  [507, /Your server failed/],
  [418, /did not accept/],
])('an answer of %i', (code, todo) => {
  const cause = causeOf({ response_code: code, error: null });
  expect(cause?.what).toBe(`Your server answered ${code}`);
  expect(cause?.todo).toMatch(todo);
});
