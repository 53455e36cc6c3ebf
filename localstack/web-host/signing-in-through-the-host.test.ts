import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answered } from '../../shared/testing/knock.ts';
import { faultsIn } from '../../shared/testing/refusal.ts';
import { send, type Sent } from '../../shared/testing/send.ts';
import { startApi, type TestApi } from '../../shared/testing/start-api.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { anyFreePort } from '../ports/is-port-taken.ts';
import { createDashboardHost } from './create-dashboard-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-dashboard-'));
const email = 'test@example.com';

/** The whole way of a browser's request: the host of the dashboard, the real API behind it, and back. */
describe('signing in through the host of the dashboard', () => {
  const gateway = useTestGateway({ RATE_LIMIT_LOGIN: '8', QUEUE_BACKEND: 'postgres' });
  let api: TestApi;
  let host: Server;
  let origin: string;

  beforeAll(async () => {
    writeFileSync(join(folder, 'index.html'), '<div id="dashboard"></div>');
    const port = await anyFreePort();
    origin = `http://localhost:${port}`;
    api = await startApi({ ...gateway.env, DASHBOARD_ORIGIN: origin });
    const origins = { apiOrigin: api.url, checkoutOrigin: 'http://localhost:3001' };
    host = createDashboardHost({ folder, ...origins, isSandbox: true }).listen(port, 'localhost');
    await once(host, 'listening');
  }, 60_000);

  afterAll(async () => {
    host.close();
    host.closeAllConnections();
    await api.stop();
    rmSync(folder, { recursive: true });
  });

  const ask = (method: string, path: string, headers: Sent['headers'] = {}, body?: unknown): Promise<Answered> =>
    send(origin, { method, path: `/api/v1${path}`, headers, body });
  const login = (headers: Sent['headers'] = {}) =>
    ask('POST', '/auth/login', { origin, ...headers }, { email, password: 'x' });

  async function signedIn() {
    const answer = await login();
    const cookie = answer.headers['set-cookie']!.split(';')[0]!;
    return { cookie, 'x-csrf-token': answer.json.csrf_token as string, origin };
  }

  test('the cookie comes through with all that protects it, opens what it should, and goes', async () => {
    const answer = await login();
    const [pair = '', ...attributes] = answer.headers['set-cookie']!.split(/; ?/);
    expect(pair).toMatch(/^gateway_session=sess_[\w-]{43}$/);
    // The host of the API has an Expires to its Max-Age.
    const known = attributes.filter((attribute) => !attribute.startsWith('Expires='));
    expect(known.sort()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Strict']);
    const page = { cookie: `theme=dark; ${pair}`, 'x-csrf-token': answer.json.csrf_token, origin };

    expect((await ask('GET', '/auth/session', page)).json).toMatchObject({ merchant: { email }, is_operator: true });
    const renamed = await ask('PUT', '/merchants/me', page, { name: 'Demo Store' });
    expect([renamed.status, renamed.json.name]).toEqual([200, 'Demo Store']);
    const withoutToken = { cookie: page.cookie, origin };
    expect((await ask('PUT', '/merchants/me', withoutToken, { name: 'Mallory' })).status).toBe(401);
    expect((await ask('POST', '/auth/logout', { ...page, origin: 'http://localhost:3002' })).status).toBe(401);

    const out = await ask('POST', '/auth/logout', page, {});
    expect(out.status).toBe(200);
    expect(out.headers['set-cookie']).toMatch(/^gateway_session=; Max-Age=0;.* Path=\/$/);
    expect((await ask('GET', '/auth/session', page)).status).toBe(401);
  });

  test('what has not changed is not sent again', async () => {
    const page = await signedIn();
    const first = await ask('GET', '/merchants/me', page);
    const again = await ask('GET', '/merchants/me', { ...page, 'if-none-match': first.headers.etag! });
    expect([first.status, again.status, again.text]).toEqual([200, 304, '']);
    expect(again.headers.etag).toBe(first.headers.etag);
  });

  test.each([
    'gateway_session=admin',
    'gateway_session="',
    'gateway_session=\u00ff\u00fe',
    'gateway_session=a; gateway_session=b',
    'gateway_session={"a":1}; =; ;;',
    `gateway_session=${'x'.repeat(4_096)}`,
    '=;;,"\\',
  ])('the cookie %j is a 401', async (cookie) => {
    const answer = await ask('GET', '/merchants/me', { cookie });
    expect(faultsIn(answer, { status: 401, says: /^Invalid API credentials$/ })).toEqual([]);
  });

  test('a broken cookie beside it does not hide a session', async () => {
    const { cookie } = await signedIn();
    for (const other of ['a="', 'b=\u00ff', 'c', '=d'])
      expect([other, (await ask('GET', '/auth/session', { cookie: `${other}; ${cookie}` })).status]).toEqual([
        other,
        200,
      ]);
  });

  test('nobody has more tries for saying that he comes from elsewhere', async () => {
    const statuses = [];
    for (let n = 0; n < 10; n++)
      statuses.push((await login({ 'x-forwarded-for': `192.0.2.${n}`, forwarded: `for=192.0.2.${n}` })).status);
    expect(statuses.at(-1)).toBe(429);
  });
});
