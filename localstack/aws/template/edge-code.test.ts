import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { originFunctions, toldViewer } from './edge-code.ts';

const functions = originFunctions({ apiOrigin: 'https://api.example', isSandbox: false });

/** Runs one of CloudFront's programs as CloudFront does. */
const run = (code: string, uri: string, query: Record<string, { value: string }> = {}) => {
  const event = { request: { uri, querystring: query }, response: { statusCode: 200, headers: {} } };
  return runInNewContext(`${code}\nhandler(${JSON.stringify(event)})`);
};

test.each([
  ['dashboard', '/', '/index.html'],
  ['dashboard', '/login', '/index.html'],
  ['dashboard', '/dashboard/transactions/pay_1', '/index.html'],
  ['dashboard', '/dashboards', '/dashboards'],
  ['dashboard', '/assets/main.js', '/assets/main.js'],
  ['dashboard', '/index.html', '/nothing'],
  ['checkout', '/checkout', '/index.html'],
  ['checkout', '/success', '/index.html'],
  ['checkout', '/checkout.js', '/checkout.js'],
  ['checkout', '/', '/'],
] as const)('%s: %s is %s', (origin, asked, served) => {
  expect(run(functions[origin].request, asked).uri).toBe(served);
});

test.each(['/checkout', '/index.html'])(
  'the checkout at %s is framed when it is embedded, and not otherwise',
  (uri) => {
    const alone = run(functions.checkout.response, uri).headers;
    expect(alone['content-security-policy'].value).toContain(`frame-ancestors 'none'`);
    expect(alone['content-security-policy'].value).toContain('connect-src https://api.example;');
    expect(alone['x-frame-options']).toEqual({ value: 'DENY' });
    const embedded = run(functions.checkout.response, uri, { embedded: { value: 'true' } }).headers;
    expect(embedded['content-security-policy'].value).toContain('frame-ancestors https:;');
    expect(embedded['x-frame-options']).toBeUndefined();
  },
);

test('the SDK may be loaded by any page, the dashboard is framed by none', () => {
  const script = run(functions.checkout.response, '/checkout.js').headers;
  expect(script['cross-origin-resource-policy'].value).toBe('cross-origin');
  const page = run(functions.dashboard.response, '/dashboard', { embedded: { value: 'true' } }).headers;
  expect(page['content-security-policy'].value).toContain(`frame-ancestors 'none'`);
  expect(run(functions.dashboard.response, '/assets/main.js').headers['content-security-policy']).toBeUndefined();
});

test('the API is told from where CloudFront was asked, whatever the viewer says of it', () => {
  const said = { value: '203.0.113.9', multiValue: [{ value: '203.0.113.9' }, { value: '203.0.113.8' }] };
  const headers = { 'gateway-viewer-address': said, accept: { value: '*/*' } };
  for (const ip of ['198.51.100.7', '2001:db8::7']) {
    const event = { viewer: { ip }, request: { method: 'GET', uri: '/api/v1/orders', querystring: {}, headers } };
    const request = runInNewContext(`${toldViewer}\nhandler(${JSON.stringify(event)})`);
    expect(request).toEqual({
      ...event.request,
      headers: { accept: { value: '*/*' }, 'gateway-viewer-address': { value: ip } },
    });
  }
});
