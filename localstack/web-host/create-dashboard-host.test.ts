import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDashboardHost } from './create-dashboard-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-dashboard-'));
let host: Server;
let origin: string;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, '.vite'));
  const metas = ['api', 'checkout', 'mode'].map((name) => `<meta name="gateway-${name}" content="unknown" />`);
  writeFileSync(join(folder, 'index.html'), `<meta name="robots" content="noindex" />${metas.join('')}<div id="app">`);
  writeFileSync(join(folder, 'assets', 'main-a1b2c3.js'), 'run()');
  writeFileSync(join(folder, 'theme.js'), 'early()');
  const options = { apiOrigin: 'http://localhost:1', checkoutOrigin: 'http://localhost:3001', isSandbox: true };
  host = createDashboardHost({ folder, ...options }).listen(0, 'localhost');
  await once(host, 'listening');
  origin = `http://localhost:${(host.address() as AddressInfo).port}`;
});

afterAll(() => {
  host.close();
  host.closeAllConnections();
  rmSync(folder, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(`${origin}${path}`, { redirect: 'manual', ...init });

describe('the page', () => {
  test.each([
    '/',
    '/login',
    '/login?next=%2Fdashboard%2Frefunds',
    '/docs',
    '/webhooks',
    '/dashboard',
    '/dashboard/',
    '/dashboard/transactions',
    '/dashboard/transactions/pay_H8sK3jD9s2L1pQr4',
  ])('is at %s, and knows where it is', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await answer.text();
    expect(html).toContain('<meta name="gateway-api" content="http://localhost:1" />');
    expect(html).toContain('<meta name="gateway-checkout" content="http://localhost:3001" />');
    expect(html).toContain('<meta name="gateway-mode" content="sandbox" />');
    expect(html).toContain('<meta name="robots" content="noindex" />');
  });

  test('runs its own scripts only, is framed by nobody, and speaks to its own origin', async () => {
    const { headers } = await get('/dashboard');
    const policy = new Map((headers.get('content-security-policy') ?? '').split('; ').map((rule) => splitOnce(rule)));
    expect(Object.fromEntries(policy)).toMatchObject({
      'default-src': `'none'`,
      'script-src': `'self'`,
      'style-src': `'self'`,
      'connect-src': `'self'`,
      'base-uri': `'none'`,
      'form-action': `'none'`,
      'frame-ancestors': `'none'`,
      'require-trusted-types-for': `'script'`,
    });
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('files', () => {
  test('with a hash in their names are kept for good, others are asked for again', async () => {
    const asset = await get('/assets/main-a1b2c3.js');
    expect([asset.status, await asset.text()]).toEqual([200, 'run()']);
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await get('/theme.js')).headers.get('cache-control')).toBe('no-cache');
  });

  test.each([
    '/assets/gone-000000.js',
    '/favicon.ico',
    '/dashboards',
    '/loginx',
    '/.vite/manifest.json',
    '/index.html',
    '/assets/..%2f..%2fpackage.json',
    '/api',
    '/openapi.jsonx',
  ])('that are not there are no page: %s', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
  });

  test('are read, not written', async () => {
    const answer = await get('/dashboard', { method: 'POST', body: '{}' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await get('/theme.js', { method: 'HEAD' })).headers.get('content-length')).toBe('7');
  });
});

test.each(['//', '//evil.example/api/v1/orders', 'http://evil.example/api/', '/%', '/\\'])(
  'the address %s is none, and the host lives on',
  async (target) => {
    expect(await rawStatus(`GET ${target} HTTP/1.1`)).toBe(404);
    expect((await get('/login')).status).toBe(200);
  },
);

async function rawStatus(requestLine: string): Promise<number> {
  const socket = connect((host.address() as AddressInfo).port, 'localhost');
  socket.end(`${requestLine}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString())?.[1]);
}

function splitOnce(rule: string): [string, string] {
  const [name = '', ...rest] = rule.split(' ');
  return [name, rest.join(' ')];
}
