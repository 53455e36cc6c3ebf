import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEmptyDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts';
import { createTestCertificate } from '../../../shared/webhooks/outgoing/test-certificate.ts';
import {
  startHttpsReceiver,
  startTcpReceiver,
  type TestReceiver,
} from '../../../shared/webhooks/outgoing/test-receiver.ts';
import { bundle } from './bundle.ts';

/*
 * The parts whose packages are bundled with less than all their files, doing what the functions do with them. The zips as
 * wholes are run in functions/stories/on-aws.test.ts, over connections without TLS.
 */
const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'gateway-bundled-'));
const receivers: TestReceiver[] = [];
const databases: TestDatabase[] = [];
afterAll(async () => {
  await Promise.all(receivers.map((receiver) => receiver.stop()));
  await Promise.all(databases.map((database) => database.drop()));
  rmSync(folder, { recursive: true, force: true });
});

const dayMs = 86_400_000;
const certificate = createTestCertificate(new Date(Date.now() - dayMs), new Date(Date.now() + dayMs));
const trusted = join(folder, 'certificate.pem');

const entries = new Map([
  [
    'log',
    `import { createLog } from './shared/runtime/log.ts';
    const log = createLog('info');
    log.child({ request_id: 'r1' }).info({ card: { number: '4111' }, merchant: { api_secret: 's3cret', id: 'm1' } }, 'paid %d', 5);
    log.debug('not said');
    log.error({ err: Object.assign(new TypeError('bad', { cause: new Error('why') }), { code: '23505', detail: 's3cret' }) });
    const circle = {}; circle.itself = circle;
    log.warn({ circle, secrets: { password: 's3cret' } });`,
  ],
  [
    'database',
    `import { connectDatabase, statement } from './shared/database/database.ts';
    import { createLog } from './shared/runtime/log.ts';
    const database = connectDatabase({ url: process.argv[2], poolSize: 2, log: createLog('silent') });
    const big = statement('ask-big', "select $1::bigint as big, timestamptz '2026-01-02T03:04:05Z' as at, array[1, 2] as list, $2::jsonb as json");
    try {
      const [[first], [second]] = await database.transaction(async (one) => [
        await one.rows(big, [5, { a: 1 }]),
        await one.rows(big, [6, null]),
      ]);
      console.log(JSON.stringify([first.big, first.at, first.list, first.json, second.big]));
    } catch (error) {
      console.log(error.message);
    }
    await database.close();
    // pg leaves a connection that it had no password for to the server, which waits a minute.
    process.exit();`,
  ],
  [
    'send',
    `import { createWebhookSender } from './shared/webhooks/outgoing/send.ts';
    import { developmentPolicy } from './shared/webhooks/outgoing/address-policy.ts';
    const sender = createWebhookSender({ policy: developmentPolicy(['127.0.0.0/8']) });
    const answer = await sender.send({ url: process.argv[2], headers: { 'content-type': 'application/json' }, body: '{"a":"é"}' });
    console.log(answer.error ?? answer.responseCode + ' ' + answer.responseBody);
    await sender.close();`,
  ],
]);

beforeAll(async () => {
  writeFileSync(trusted, certificate.cert);
  for (const [name, { code }] of await bundle(root, entries, new Map())) {
    writeFileSync(join(folder, `${name}.mjs`), code);
  }
}, 60_000);

async function run(name: string, given: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const path = join(folder, `${name}.mjs`);
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...given], { env, timeout: 20_000 });
  return stdout.trim();
}

test('the log writes lines of JSON, keeps what a child is bound to, and leaves out what is secret', async () => {
  const written = await run('log');
  expect(written).not.toMatch(/4111|s3cret/);
  const lines = written.split('\n').map((line) => JSON.parse(line) as Record<string, any>);
  expect(lines).toMatchObject([
    {
      level: 30,
      request_id: 'r1',
      card: '[redacted]',
      merchant: { api_secret: '[redacted]', id: 'm1' },
      msg: 'paid 5',
    },
    { level: 50, err: { name: 'TypeError', message: 'bad', code: '23505', cause: 'Error: why' } },
    { level: 40, secrets: { password: '[redacted]' } },
  ]);
  expect(JSON.stringify(lines[2]!['circle'])).toContain('Circular');
});

describe('the database', () => {
  test('is asked with a password that does not cross the wire, in a transaction, by named statements', async () => {
    const database = await createEmptyDatabase();
    databases.push(database);
    expect(await run('database', [database.url])).toBe('[5,"2026-01-02T03:04:05.000Z",[1,2],{"a":1},6]');
    const url = new URL(database.url);
    url.password = 'wrong';
    expect(await run('database', [url.href])).toMatch(/password authentication failed/);
    url.password = '';
    expect(await run('database', [url.href])).toMatch(/client password must be a string/);
  }, 30_000);

  test('is told nothing before its certificate was seen to be good', async () => {
    const heard: string[] = [];
    const server = await startTcpReceiver((socket) => {
      socket.once('data', () => {
        socket.write('S');
        const secured = new TLSSocket(socket, { isServer: true, ...certificate });
        secured.on('error', () => undefined);
        secured.on('data', (data) => {
          heard.push(data.toString('latin1'));
          secured.end(refusal);
        });
      });
    });
    receivers.push(server);
    const url = `postgresql://u:p@localhost:${server.port}/d?sslmode=verify-full`;
    expect(await run('database', [url])).toMatch(/self-signed certificate/);
    expect(heard).toEqual([]);
    expect(await run('database', [url], { NODE_EXTRA_CA_CERTS: trusted })).toBe('closed today');
    expect(heard[0]).toContain('payment-gateway');
  }, 30_000);

  const fields = Buffer.from('SFATAL\0C28000\0Mclosed today\0\0');
  const refusal = Buffer.concat([Buffer.from('E'), Buffer.alloc(4), fields]);
  refusal.writeInt32BE(fields.length + 4, 1);
});

test('webhooks go out over TLS, to a receiver whose certificate is good', async () => {
  const receiver = await startHttpsReceiver(certificate, (request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => response.end(`got ${body}`));
  });
  receivers.push(receiver);
  const url = `https://localhost:${receiver.port}/hook`;
  expect(await run('send', [url])).toMatch(/certificate/);
  expect(await run('send', [url], { NODE_EXTRA_CA_CERTS: trusted })).toBe('200 got {"a":"é"}');
}, 30_000);
