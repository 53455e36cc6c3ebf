import { connect as dialAnywhere } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { undisturbed } from '../../testing/undisturbed.ts';
import { developmentPolicy, PUBLIC_HTTPS_ONLY, type AddressPolicy } from './address-policy.ts';
import { createWebhookSender, type DeliveryAnswer, type WebhookSender } from './send.ts';
import { createTestCertificate } from './test-certificate.ts';
import { startHttpReceiver, startHttpsReceiver, startTcpReceiver, type TestReceiver } from './test-receiver.ts';

const loopback = developmentPolicy(['127.0.0.0/8', '::1/128']);
const httpToPublic = developmentPolicy([]);
const body = '{"event":"payment.success","data":{"note":"₹"}}';

const toStop: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(toStop.splice(0).map((stop) => stop()));
});

function senderOf(options: Partial<Parameters<typeof createWebhookSender>[0]> = {}): WebhookSender {
  const sender = createWebhookSender({ policy: loopback, timeoutMs: 300, ...options });
  toStop.push(sender.close);
  return sender;
}

async function receiverOf(starting: Promise<TestReceiver>): Promise<TestReceiver> {
  const receiver = await starting;
  toStop.push(receiver.stop);
  return receiver;
}

function post(sender: WebhookSender, url: string): Promise<DeliveryAnswer> {
  return sender.send({ url, headers: { 'Content-Type': 'application/json', 'webhook-id': 'evt_1' }, body });
}

async function deliverTo(listener: RequestListener): Promise<DeliveryAnswer> {
  const receiver = await receiverOf(startHttpReceiver(listener));
  return post(senderOf(), `http://127.0.0.1:${receiver.port}/webhook`);
}

async function deliverToTcp(answer: string | Buffer): Promise<DeliveryAnswer> {
  const receiver = await receiverOf(startTcpReceiver((socket) => socket.on('data', () => socket.end(answer))));
  return post(senderOf(), `http://127.0.0.1:${receiver.port}/`);
}

async function eventually(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !condition(); tries += 1) await sleep(20);
  expect(condition()).toBe(true);
}

const notAnswered = { outcome: 'failed', responseCode: null, responseHeaders: null, responseBody: null };

describe('what is sent', () => {
  test('the body byte for byte, the headers, the path without the fragment', async () => {
    const seen: unknown[] = [];
    const receiver = await receiverOf(
      startHttpReceiver((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          seen.push(request.method, request.url, request.headers, Buffer.concat(chunks).toString('hex'));
          response.writeHead(200, { Date: 'now', Connection: 'close', 'X-Request-Id': 'r1' }).end('thanks');
        });
      }),
    );
    const answer = await post(senderOf(), `http://localhost:${receiver.port}/a?b=c#d`);
    expect(answer).toEqual({
      outcome: 'delivered',
      responseCode: 200,
      responseHeaders: { date: 'now', connection: 'close', 'x-request-id': 'r1', 'transfer-encoding': 'chunked' },
      responseBody: 'thanks',
      error: null,
      durationMs: expect.any(Number),
    });
    expect(seen).toEqual([
      'POST',
      '/a?b=c',
      {
        host: `localhost:${receiver.port}`,
        connection: 'keep-alive',
        'content-type': 'application/json',
        'webhook-id': 'evt_1',
        'content-length': String(Buffer.byteLength(body)),
      },
      Buffer.from(body).toString('hex'),
    ]);
  });
});

describe('an answer', () => {
  test.each([200, 201, 202, 204, 299])('%i is delivered', async (status) => {
    const answer = await deliverTo((_request, response) => response.writeHead(status).end());
    expect(answer).toMatchObject({ outcome: 'delivered', responseCode: status, responseBody: '', error: null });
  });

  test.each([304, 400, 401, 404, 410, 429, 500, 503])('%i is refused', async (status) => {
    const answer = await deliverTo((_request, response) => response.writeHead(status).end('no'));
    expect(answer).toMatchObject({ outcome: 'refused_by_receiver', responseCode: status, error: null });
  });

  test.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
    const trap = await receiverOf(startHttpReceiver((_request, response) => response.end()));
    const answer = await deliverTo((_request, response) =>
      response.writeHead(status, { Location: `http://127.0.0.1:${trap.port}/` }).end(),
    );
    const error = `redirect not followed (${status})`;
    expect(answer).toMatchObject({ outcome: 'refused_by_receiver', responseCode: status, error });
    expect(trap.connections()).toBe(0);
  });

  test('a redirect to the cloud metadata is a refusal like any other', async () => {
    const answer = await deliverTo((_request, response) =>
      response.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    );
    expect(answer).toMatchObject({ outcome: 'refused_by_receiver', error: 'redirect not followed (302)' });
  });

  test.each([200, 500])('%i with five megabytes: the status counts, reading stops', async (status) => {
    const receiver = await receiverOf(
      startHttpReceiver((_request, response) => response.writeHead(status).end(Buffer.alloc(5_000_000, 'x'))),
    );
    const answer = await post(senderOf(), `http://127.0.0.1:${receiver.port}/`);
    expect(answer).toMatchObject({ responseCode: status, responseBody: 'x'.repeat(1_000) });
    await eventually(() => receiver.openConnections() === 0);
  });

  test('text that PostgreSQL could not store is mended', async () => {
    const answer = await deliverTo((_request, response) => response.end(Buffer.from([0x61, 0x00, 0xff, 0x62])));
    expect(answer.responseBody).toBe('a\uFFFD\uFFFDb');
  });

  test('headers of any bytes and any name are kept as text', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n';
    const answer = await deliverToTcp(
      Buffer.concat([
        Buffer.from(`${head}__proto__: a\r\n__proto__: b\r\nX-Name: `),
        Buffer.from([0xe9, 0xff]),
        Buffer.from('\r\nSet-Cookie: session=abc\r\n\r\n'),
      ]),
    );
    expect(answer).toMatchObject({ outcome: 'delivered', responseCode: 200 });
    const headers = new Map(Object.entries(answer.responseHeaders!));
    expect(headers.get('__proto__')).toMatch(/^a/);
    expect(headers.get('x-name')).toBe('\u00e9\u00ff');
    expect(headers.get('set-cookie')).toBe('(not kept)');
  });

  test('a compressed bomb is not unpacked', async () => {
    const answer = await deliverTo((_request, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(Buffer.from('1f8b', 'hex')),
    );
    expect(answer).toMatchObject({ outcome: 'delivered', responseBody: '\u001F\uFFFD' });
  });
});

describe('no answer', () => {
  test('a receiver that never answers: timed out, and its socket is closed', async () => {
    const receiver = await receiverOf(startTcpReceiver((socket) => socket.resume()));
    const sender = senderOf();
    const answer = await undisturbed(() => post(sender, `http://127.0.0.1:${receiver.port}/`));
    expect(answer).toMatchObject({ ...notAnswered, error: 'timed out after 300 ms' });
    expect(answer.durationMs).toBeGreaterThanOrEqual(295);
    expect(answer.durationMs).toBeLessThan(450);
    await eventually(() => receiver.openConnections() === 0);
  });

  test('one byte now and then does not stretch the deadline', async () => {
    const receiver = await receiverOf(
      startHttpReceiver((_request, response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        const drip = setInterval(() => response.write('.'), 50);
        response.on('close', () => clearInterval(drip));
      }),
    );
    const answer = await post(senderOf(), `http://127.0.0.1:${receiver.port}/`);
    expect(answer).toMatchObject({ ...notAnswered, error: 'timed out after 300 ms' });
    await eventually(() => receiver.openConnections() === 0);
  });

  test('headers that drip do not either', async () => {
    const receiver = await receiverOf(
      startTcpReceiver((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('x: y\r\n'), 50);
        socket.on('close', () => clearInterval(drip)).resume();
      }),
    );
    const answer = await post(senderOf(), `http://127.0.0.1:${receiver.port}/`);
    expect(answer).toMatchObject({ ...notAnswered, error: 'timed out after 300 ms' });
  });

  test('TLS that never answers: timed out, and its socket is closed', async () => {
    const receiver = await receiverOf(startTcpReceiver((socket) => socket.resume()));
    const answer = await post(senderOf(), `https://127.0.0.1:${receiver.port}/`);
    expect(answer).toMatchObject({ ...notAnswered, error: 'timed out after 300 ms' });
    await eventually(() => receiver.openConnections() === 0);
  });

  test('a name server that never answers: timed out', async () => {
    const sender = senderOf({ resolveHost: () => new Promise(() => undefined) });
    expect(await post(sender, 'https://receiver.example/')).toMatchObject({
      ...notAnswered,
      error: 'timed out after 300 ms',
    });
  });

  test('waiting for a free connection counts, and what timed out while it waited is never sent', async () => {
    let requests = 0;
    const receiver = await receiverOf(
      startTcpReceiver((socket) => socket.on('data', (data) => (requests += data.toString().split('POST').length - 1))),
    );
    const sender = senderOf({ connectionsPerOrigin: 2 });
    const url = `http://127.0.0.1:${receiver.port}/`;
    const answers = await undisturbed(() => {
      requests = 0;
      return Promise.all(Array.from({ length: 10 }, () => post(sender, url)));
    });
    for (const answer of answers) {
      expect(answer.error).toBe('timed out after 300 ms');
      expect(answer.durationMs).toBeLessThan(450);
    }
    await sleep(20);
    // More than two where a connection came free within the last millisecond.
    const requestsInTime = requests;
    expect(requestsInTime).toBeLessThan(10);
    await sleep(200);
    expect(requests).toBe(requestsInTime);
    await eventually(() => receiver.openConnections() === 0);
  });

  test('a receiver that hangs does not delay another one', async () => {
    const hanging = await receiverOf(startTcpReceiver((socket) => socket.resume()));
    const quick = await receiverOf(startHttpReceiver((_request, response) => response.end()));
    const sender = senderOf({ connectionsPerOrigin: 1 });
    const stuck = [1, 2, 3].map(() => post(sender, `http://127.0.0.1:${hanging.port}/`));
    expect((await post(sender, `http://127.0.0.1:${quick.port}/`)).durationMs).toBeLessThan(200);
    await Promise.all(stuck);
  });

  test('connection refused', async () => {
    const receiver = await startTcpReceiver(() => undefined);
    await receiver.stop();
    expect(await post(senderOf(), `http://127.0.0.1:${receiver.port}/`)).toMatchObject({
      ...notAnswered,
      error: `connection refused by 127.0.0.1:${receiver.port}`,
    });
    expect(await post(senderOf(), `http://localhost:${receiver.port}/`)).toMatchObject({
      ...notAnswered,
      error: `connection refused by 127.0.0.1:${receiver.port}`,
    });
  });

  const brokenOff = 'connection closed by the receiver before its answer was complete';
  test.each([
    ['closed before the answer', '', brokenOff],
    ['closed within the headers', 'HTTP/1.1 200 OK\r\nContent-Le', brokenOff],
    ['closed within the body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', brokenOff],
    ['closed within a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf', brokenOff],
    ['not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'answer is not valid HTTP'],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`, 'answer headers are too large'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', brokenOff],
  ])('%s', async (_name, answer, error) => {
    expect(await deliverToTcp(answer)).toMatchObject({ ...notAnswered, error });
  });

  test('connection reset', async () => {
    const receiver = await receiverOf(startTcpReceiver((socket) => socket.on('data', () => socket.resetAndDestroy())));
    const answer = await post(senderOf(), `http://127.0.0.1:${receiver.port}/`);
    expect(answer).toMatchObject({ ...notAnswered, error: brokenOff });
  });

  test('a name that is unknown', async () => {
    const resolveHost = () => Promise.reject(Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' }));
    expect(await post(senderOf({ resolveHost }), 'https://receiver.example/')).toMatchObject({
      ...notAnswered,
      error: 'host name not found',
    });
  });

  test.each(['nonsense', 'ftp://example.com/', 'http://a:b@example.com/'])('a URL that is none: %s', async (url) => {
    expect(await post(senderOf(), url)).toMatchObject({ ...notAnswered, error: expect.stringMatching(/^The webhook/) });
  });

  test('a header that cannot be sent', async () => {
    const answer = await senderOf().send({ url: 'http://127.0.0.1:9/', headers: { 'x-y': 'a\r\nb: c' }, body });
    expect(answer).toMatchObject({ ...notAnswered, error: 'delivery failed (UND_ERR_INVALID_ARG)' });
  });
});

describe('TLS', () => {
  const now = Date.now();
  const day = 86_400_000;
  const valid = createTestCertificate(new Date(now - day), new Date(now + day));
  const expired = createTestCertificate(new Date(now - 2 * day), new Date(now - day));
  const early = createTestCertificate(new Date(now + day), new Date(now + 2 * day));
  const unknown = createTestCertificate(new Date(now - day), new Date(now + day));
  tls.setDefaultCACertificates([valid.cert, expired.cert, early.cert]);

  test.each([
    ['valid', valid, '127.0.0.1', null],
    ['valid', valid, 'localhost', null],
    ['expired', expired, '127.0.0.1', 'TLS certificate has expired'],
    ['of tomorrow', early, '127.0.0.1', 'TLS certificate is not valid yet'],
    ['self-signed', unknown, '127.0.0.1', 'TLS certificate is self-signed'],
    ["another host's", valid, 'shop.localhost', 'TLS certificate is for another host name'],
  ])('a certificate %s', async (_name, certificate, host, error) => {
    let requests = 0;
    const receiver = await receiverOf(
      startHttpsReceiver(certificate, (_request, response) => {
        requests += 1;
        response.end();
      }),
    );
    const answer = await post(senderOf(), `https://${host}:${receiver.port}/`);
    expect(answer).toMatchObject({ outcome: error === null ? 'delivered' : 'failed', error });
    expect(requests).toBe(error === null ? 1 : 0);
    if (error !== null) await eventually(() => receiver.openConnections() === 0);
  });

  test('a receiver that speaks plain HTTP', async () => {
    const receiver = await receiverOf(startHttpReceiver((_request, response) => response.end()));
    const answer = await post(senderOf(), `https://127.0.0.1:${receiver.port}/`);
    expect(answer).toMatchObject({ ...notAnswered, error: 'TLS handshake failed' });
  });
});

describe('forbidden addresses', () => {
  const refusedBy = async (
    url: (port: number) => string,
    options: Partial<Parameters<typeof createWebhookSender>[0]>,
  ) => {
    const receiver = await receiverOf(startHttpReceiver((_request, response) => response.end()));
    const answer = await post(senderOf(options), url(receiver.port));
    await sleep(20);
    return { answer, connections: receiver.connections(), bytesRead: receiver.bytesRead() };
  };
  const anyPort: AddressPolicy = { ...PUBLIC_HTTPS_ONLY, allowedPorts: 'any' };

  test.each(['127.0.0.1', '2130706433', '0x7f.1', 'localhost', '[::ffff:127.0.0.1]', '[64:ff9b::7f00:1]'])(
    '%s is refused before dialling',
    async (host) => {
      const { answer, connections } = await refusedBy((port) => `http://${host}:${port}/`, { policy: httpToPublic });
      expect(answer).toMatchObject({ ...notAnswered, error: expect.stringContaining('not public') });
      expect(connections).toBe(0);
    },
  );

  test('a name that DNS gives a private address is refused before dialling', async () => {
    const { answer, connections } = await refusedBy((port) => `http://receiver.example:${port}/`, {
      policy: httpToPublic,
      resolveHost: async () => ['127.0.0.1'],
    });
    expect(answer).toMatchObject({ ...notAnswered, error: 'address 127.0.0.1 is not public' });
    expect(connections).toBe(0);
  });

  test('of several addresses only the allowed ones are dialled', async () => {
    const { answer, connections } = await refusedBy((port) => `http://receiver.example:${port}/`, {
      resolveHost: async () => ['10.0.0.1', '169.254.169.254', '127.0.0.1'],
    });
    expect(answer).toMatchObject({ outcome: 'delivered' });
    expect(answer.durationMs).toBeLessThan(250);
    expect(connections).toBe(1);
  });

  test.each(['http', 'https'])('%s: a name that rebinds after the check gets not a byte', async (scheme) => {
    const { answer, connections, bytesRead } = await refusedBy((port) => `${scheme}://receiver.example:${port}/`, {
      policy: scheme === 'http' ? httpToPublic : anyPort,
      resolveHost: async () => ['93.184.216.34'],
      dial: ({ port }) => dialAnywhere(port, '127.0.0.1'),
    });
    expect(answer).toMatchObject({ ...notAnswered, error: 'address 127.0.0.1 is not public' });
    expect(connections).toBe(1);
    expect(bytesRead).toBe(0);
  });
});

describe('connections', () => {
  test('are used again, and never more than allowed', async () => {
    const receiver = await receiverOf(startHttpReceiver((_request, response) => response.end()));
    const sender = senderOf({ connectionsPerOrigin: 3, timeoutMs: 2_000 });
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => post(sender, `http://127.0.0.1:${receiver.port}/`)),
    );
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['delivered']));
    expect(receiver.connections()).toBe(3);
  });

  test('that a restart of the receiver broke are not used again', async () => {
    const receiver = await receiverOf(
      startTcpReceiver((socket) =>
        socket.on('data', () => {
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
          setTimeout(() => socket.resetAndDestroy(), 10);
        }),
      ),
    );
    const sender = senderOf();
    for (let sent = 0; sent < 5; sent += 1) {
      expect(await post(sender, `http://127.0.0.1:${receiver.port}/`)).toMatchObject({ outcome: 'delivered' });
      await eventually(() => receiver.openConnections() === 0);
      // The reset was sent; this process reads it at its next turn, if not at this one.
      for (let turn = 0; turn < 2; turn += 1) await new Promise((read) => setImmediate(read));
    }
    expect(receiver.connections()).toBe(5);
  });

  test('closing waits for what is under way, then leaves nothing open', async () => {
    const receiver = await receiverOf(
      startHttpReceiver((_request, response) => setTimeout(() => response.end('late'), 150)),
    );
    const sender = senderOf({ timeoutMs: 2_000 });
    const underWay = post(sender, `http://127.0.0.1:${receiver.port}/`);
    await sender.close();
    expect(await underWay).toMatchObject({ outcome: 'delivered', responseBody: 'late' });
    await eventually(() => receiver.openConnections() === 0);
    expect(await post(sender, `http://127.0.0.1:${receiver.port}/`)).toMatchObject({
      ...notAnswered,
      error: 'the sender is closed',
    });
  });
});
