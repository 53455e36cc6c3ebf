import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request as ask, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { forwardToApi } from './forward-to-api.ts';

let api: Server;
let host: Server;
let answer: Answer;

type Answer = (...given: Parameters<RequestListener>) => unknown;

beforeEach(async () => {
  answer = (_, response) => response.end();
  api = await open((request, response) => void answer(request, response));
  const forward = forwardToApi(`http://localhost:${portOf(api)}`);
  host = await open((request, response) => forward(request, response, request.url ?? ''));
});

afterEach(() => [api, host].forEach(shut));

const get = (path: string, init?: RequestInit) => fetch(`http://localhost:${portOf(host)}${path}`, init);

describe('a request', () => {
  test('arrives as it was, and its answer comes back as it is, cookies and all', async () => {
    let seen = {};
    answer = async (request, response) => {
      const { method, url, headers } = request;
      seen = { method, url, cookie: headers.cookie, origin: headers.origin, body: await text(request) };
      response.writeHead(201, { 'Set-Cookie': ['a=1; HttpOnly', 'b=2'], 'X-Request-Id': 'r1', ETag: '"x"' });
      response.end('{"ok":true}');
    };
    const headers = { Cookie: 'gateway_session=s', Origin: 'http://localhost:3000' };
    const reply = await get('/api/v1/orders?limit=1&q=%E2%82%B9', { method: 'POST', body: '{"amount":500}', headers });
    const body = '{"amount":500}';
    const [cookie, origin] = [headers.Cookie, headers.Origin];
    expect(seen).toEqual({ method: 'POST', url: '/api/v1/orders?limit=1&q=%E2%82%B9', cookie, origin, body });
    expect([reply.status, await reply.text()]).toEqual([201, '{"ok":true}']);
    expect(reply.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
    expect(reply.headers.get('x-request-id')).toBe('r1');
    expect(reply.headers.get('etag')).toBe('"x"');
  });

  test('carries nothing that speaks of one connection, or that only a proxy may say', async () => {
    let seen: IncomingMessage['headers'] = {};
    answer = ({ headers }, response) => {
      seen = headers;
      response.writeHead(200, { Connection: 'close, X-Mine', 'X-Mine': '1', 'Keep-Alive': 'timeout=9' }).end('{}');
    };
    const said = {
      Connection: 'keep-alive, X-Between-Us',
      'X-Between-Us': '1',
      TE: 'trailers',
      Upgrade: 'h2c',
      'Proxy-Authorization': 'Basic eA==',
      'X-Forwarded-For': '203.0.113.7',
      'X-Forwarded-Host': 'evil.example',
      'X-Real-IP': '203.0.113.7',
      Forwarded: 'for=203.0.113.7',
    };
    const onward = ask({ port: portOf(host), host: 'localhost', path: '/api/', headers: said }).end();
    const [reply] = (await once(onward, 'response')) as [IncomingMessage];
    reply.resume();
    const { 'x-forwarded-for': from, host: name, ...rest } = seen;
    expect(['127.0.0.1', '::1']).toContain(from);
    expect(name).toBe(`localhost:${portOf(api)}`);
    expect(rest).toEqual({ connection: 'close' });
    expect(reply.headers['x-mine']).toBeUndefined();
    expect(reply.headers['keep-alive']).not.toBe('timeout=9');
  });

  test('with a body that has no length stays one request', async () => {
    const seen: string[] = [];
    answer = async (request, response) => {
      seen.push(`${request.method} ${request.url} ${await text(request)}`);
      response.end('{}');
    };
    const inner = 'DELETE /api/everything HTTP/1.1\r\nHost: x\r\n\r\n';
    const socket = connect(portOf(host), 'localhost');
    const chunk = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
    socket.write(`GET /api/one HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`);
    await once(socket, 'data');
    socket.destroy();
    expect((await get('/api/two')).status).toBe(200);
    expect(seen).toEqual([`GET /api/one ${inner}`, 'GET /api/two ']);
  });
});

describe('bytes flow', () => {
  test('to the browser before the answer is complete', async () => {
    let finish = () => {};
    answer = (_, response) => {
      response.write('first');
      finish = () => response.end('last');
    };
    const reader = (await get('/api/')).body!.getReader();
    expect(Buffer.from((await reader.read()).value ?? '').toString()).toBe('first');
    finish();
    expect(Buffer.from((await reader.read()).value ?? '').toString()).toBe('last');
  });

  test('to the API before the request is complete', async () => {
    const { promise: arrived, resolve } = Promise.withResolvers<string>();
    answer = (request, response) => {
      request.once('data', (bytes: Buffer) => resolve(bytes.toString()));
      request.on('end', () => response.end());
    };
    const onward = ask({ port: portOf(host), host: 'localhost', path: '/api/', method: 'POST' });
    onward.write('half');
    expect(await arrived).toBe('half');
    onward.end();
    await once(onward, 'response');
  });

  test('and stop at the API when the browser leaves', async () => {
    const { promise: left, resolve } = Promise.withResolvers<unknown>();
    const leaving = new AbortController();
    answer = (_, response) => {
      response.on('close', () => resolve('left'));
      leaving.abort();
    };
    await expect(get('/api/', { signal: leaving.signal })).rejects.toThrow();
    expect(await left).toBe('left');
  });
});

test('an API that closes a connection when it is used again answers everybody', async () => {
  const used = new Set<unknown>();
  answer = ({ socket }, response) => {
    if (used.has(socket)) socket.destroy();
    else response.end('{}');
    used.add(socket);
  };
  for (let n = 0; n < 3; n++) expect((await get('/api/v1/orders')).status).toBe(200);
});

describe('an API that is away', () => {
  test("is a 503 in the shape of the API's own errors", async () => {
    shut(api);
    const reply = await get('/api/v1/orders', { method: 'POST', body: '{}' });
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('2');
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(await reply.json()).toEqual({
      error: {
        code: 'SERVICE_UNAVAILABLE',
        description: 'The gateway does not answer; try again shortly',
        request_id: reply.headers.get('x-request-id'),
      },
    });
  });

  test('in the middle of an answer leaves no half that looks like a whole', async () => {
    answer = (request, response) => {
      response.write('{"data":[');
      setTimeout(() => request.socket.destroy(), 20);
    };
    const reply = await get('/api/');
    await expect(reply.text()).rejects.toThrow();
    answer = (_, response) => response.end('{}');
    expect((await get('/api/')).status).toBe(200);
  });
});

async function open(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, 'localhost');
  await once(server, 'listening');
  return server;
}

function shut(server: Server): void {
  server.close();
  server.closeAllConnections();
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
