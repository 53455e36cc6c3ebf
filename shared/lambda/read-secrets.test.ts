import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { readSecrets as ReadSecrets } from './read-secrets.ts';

describe('the secrets of a function', () => {
  const required = { '/gateway/dev/database-url': 'postgresql://a', '/gateway/dev/sealing-keys': 'k1:b' };
  const edge = '/gateway/dev/edge-secret';
  const before = process.env;
  let server: Server;
  let stored: Record<string, string>;
  let asked: string[][];
  let denied: string;
  let refusal: string;
  let readSecrets: typeof ReadSecrets;

  beforeAll(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const { Names } = JSON.parse(body) as { Names: string[] };
        asked.push(Names);
        if (Names.includes(denied)) {
          response.writeHead(400).end(JSON.stringify({ __type: refusal }));
          return;
        }
        const there = Names.filter((name) => stored[name] !== undefined);
        const Parameters = there.map((Name) => ({ Name, Value: stored[Name] }));
        const InvalidParameters = Names.filter((name) => !there.includes(name));
        response.end(JSON.stringify({ Parameters, InvalidParameters }));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    process.env = {
      ...before,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'ap-south-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      SECRETS_PATH: '/gateway/dev',
    };
    ({ readSecrets } = await import('./read-secrets.ts'));
  });
  beforeEach(() => {
    stored = { ...required };
    asked = [];
    denied = '';
    refusal = 'AccessDeniedException';
    delete process.env['EDGE_SECRET_PARAMETER'];
  });
  afterAll(() => {
    process.env = before;
    server.closeAllConnections();
    server.close();
  });

  test('are two where nobody calls', async () => {
    stored[edge] = 'c';
    expect(await readSecrets()).toEqual({ DATABASE_URL: 'postgresql://a', SEALING_KEYS: 'k1:b' });
    expect(asked).toEqual([Object.keys(required)]);
  });

  test('are three, read at once, where it is said where the third is', async () => {
    stored[edge] = 'c';
    process.env['EDGE_SECRET_PARAMETER'] = edge;
    expect(await readSecrets()).toEqual({ DATABASE_URL: 'postgresql://a', SEALING_KEYS: 'k1:b', EDGE_SECRET: 'c' });
    expect(asked).toEqual([[...Object.keys(required), edge]]);
  });

  test('may lack the third, which is empty then, and so takes the place of one that was there', async () => {
    process.env['EDGE_SECRET_PARAMETER'] = edge;
    expect(await readSecrets()).toMatchObject({ DATABASE_URL: 'postgresql://a', EDGE_SECRET: '' });
  });

  test('may keep the third to themselves, but not another', async () => {
    stored[edge] = 'c';
    process.env['EDGE_SECRET_PARAMETER'] = edge;
    denied = edge;
    expect(await readSecrets()).toEqual({ DATABASE_URL: 'postgresql://a', SEALING_KEYS: 'k1:b', EDGE_SECRET: '' });
    denied = '/gateway/dev/sealing-keys';
    await expect(readSecrets()).rejects.toThrow(expect.objectContaining({ name: 'AccessDeniedException' }));
  });

  test('are not read at all where the store has another trouble: those that are known stay in use then', async () => {
    process.env['EDGE_SECRET_PARAMETER'] = edge;
    [denied, refusal] = [edge, 'InternalServerError'];
    await expect(readSecrets()).rejects.toThrow(expect.objectContaining({ name: refusal }));
    expect(new Set(asked.map(({ length }) => length))).toEqual(new Set([3]));
  });

  test('may not lack another, which is named, alone', async () => {
    process.env['EDGE_SECRET_PARAMETER'] = edge;
    delete stored['/gateway/dev/sealing-keys'];
    await expect(readSecrets()).rejects.toThrow(/^the Parameter Store has no \/gateway\/dev\/sealing-keys$/);
  });
});
