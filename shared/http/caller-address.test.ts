import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { callerAddress } from './caller-address.ts';

const secret = 'e'.repeat(43);
const edge = '130.176.0.1';
const viewer = '198.51.100.7';

const from = (headers: APIGatewayProxyEventV2['headers'], known: string | undefined = secret) => {
  const requestContext = { http: { sourceIp: edge } } as APIGatewayProxyEventV2['requestContext'];
  return callerAddress({ headers, requestContext }, known);
};
const says = (address: string) => from({ 'gateway-viewer-address': address, 'gateway-edge-secret': secret });

describe('the address a request comes from', () => {
  test.each([viewer, '2001:db8:1:2::7', '::ffff:198.51.100.7'])(
    'is %s when a proxy with the secret says so',
    (said) => {
      expect(says(said)).toBe(said);
    },
  );

  test.each<[string, Record<string, string>]>([
    ['no secret', {}],
    ['an empty one', { 'gateway-edge-secret': '' }],
    ['another one', { 'gateway-edge-secret': 'f'.repeat(43) }],
    ['a part of it', { 'gateway-edge-secret': secret.slice(1) }],
    ['it twice, as API Gateway joins two headers of a name', { 'gateway-edge-secret': `${secret},${secret}` }],
    ['it among guesses', { 'gateway-edge-secret': `guess,${secret}` }],
    ['it under another name', { 'x-gateway-edge-secret': secret }],
  ])('is the one API Gateway saw, with %s', (_what, headers) => {
    expect(from({ 'gateway-viewer-address': viewer, ...headers })).toBe(edge);
  });

  test.each(['', undefined])('is the one API Gateway saw when the gateway itself has no secret (%j)', (known) => {
    for (const given of ['', 'undefined', secret]) {
      const headers = { 'gateway-viewer-address': viewer, 'gateway-edge-secret': given };
      const requestContext = { http: { sourceIp: edge } } as APIGatewayProxyEventV2['requestContext'];
      expect(callerAddress({ headers, requestContext }, known)).toBe(edge);
    }
    expect(from({ 'gateway-viewer-address': viewer })).toBe(edge);
  });

  test('is the one API Gateway saw when the proxy says nothing of it', () => {
    expect(from({ 'gateway-edge-secret': secret })).toBe(edge);
  });

  // Counting rubbish under a name of its own would give everybody who can send it as many shares as they like.
  test.each([
    '',
    'unknown',
    `${viewer}, 203.0.113.9`,
    `${viewer},203.0.113.9`,
    ` ${viewer}`,
    `${viewer}:46532`,
    '[2001:db8::7]:46532',
    '[2001:db8::7]',
    '198.51.100.7/32',
    '3325256711',
    '198.51.100',
    '198.51.100.007',
    'localhost',
    '٣.1.1.1',
  ])('is the one API Gateway saw when the proxy says %j, which is no address', (said) => {
    expect(says(said)).toBe(edge);
  });
});
