import { describe, expect, test } from '@jest/globals';
import { endedCookie, givenToken, sessionCookie } from './session-cookie.ts';

const production = { GATEWAY_MODE: 'production' } as const;
const sandbox = { GATEWAY_MODE: 'sandbox' } as const;

describe('in production', () => {
  test('the cookie goes over https alone, to this host alone', () => {
    expect(sessionCookie(production, 'sess_x')).toBe(
      '__Host-gateway_session=sess_x; Max-Age=604800; Path=/; HttpOnly; SameSite=Strict; Secure',
    );
    expect(endedCookie(production)).toBe(
      '__Host-gateway_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure',
    );
  });

  test('the name that a neighbour could set is not looked at', () => {
    const read = (cookie: string) => givenToken(production, { headers: { cookie } });
    expect(read('gateway_session=planted')).toBeUndefined();
    expect(read('gateway_session=planted; __Host-gateway_session=own')).toBe('own');
  });
});

describe('in a sandbox', () => {
  test('the cookie works without https', () => {
    expect(sessionCookie(sandbox, 'sess_x')).toBe(
      'gateway_session=sess_x; Max-Age=604800; Path=/; HttpOnly; SameSite=Strict',
    );
  });

  test.each([
    ['gateway_session=a', 'a'],
    ['x=1; gateway_session=a; y=2', 'a'],
    ['x=1;gateway_session=a', 'a'],
    ['gateway_session=a; gateway_session=b', 'a'],
    ['gateway_session=a=b', 'a=b'],
    ['gateway_session=', undefined],
    ['gateway_session', undefined],
    ['my_gateway_session=a', undefined],
    ['GATEWAY_SESSION=a', undefined],
    ['', undefined],
  ])('%j holds the token %j', (cookie, token) => {
    expect(givenToken(sandbox, { headers: { cookie } })).toBe(token);
    expect(givenToken(sandbox, { headers: {}, cookies: cookie.split(';') })).toBe(token);
  });

  test('there is none without a cookie', () => {
    expect(givenToken(sandbox, { headers: {} })).toBeUndefined();
  });
});
