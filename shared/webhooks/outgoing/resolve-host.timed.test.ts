import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createHostResolver, type ResolveHost } from './resolve-host.ts';

const A = 1;
const AAAA = 28;
const ADDRESSES: Readonly<Record<string, Readonly<Record<number, Buffer>>>> = {
  'both.example': { [A]: Buffer.from([8, 8, 8, 8]), [AAAA]: Buffer.from('2a010000000000000000000000000001', 'hex') },
  'four.example': { [A]: Buffer.from([127, 0, 0, 1]) },
  'six.example': { [AAAA]: Buffer.from('2a010000000000000000000000000002', 'hex') },
  'empty.example': {},
};

let server: Socket;
let resolveHost: ResolveHost;

// A name server (RFC 1035) on loopback: answers as listed, NXDOMAIN for other names, nothing at all below slow.example.
beforeEach(async () => {
  server = createSocket('udp4', (query, { port, address }) => {
    const end = query.indexOf(0, 12) + 5;
    const name = query
      .toString('latin1', 13, end - 5)
      .replace(/[\x01-\x1f]/g, '.')
      .toLowerCase();
    if (name.endsWith('slow.example')) return;
    const data = ADDRESSES[name]?.[query.readUInt16BE(end - 4)];
    const header = Buffer.from([
      query[0]!,
      query[1]!,
      0x81,
      name in ADDRESSES ? 0x80 : 0x83,
      0,
      1,
      0,
      data ? 1 : 0,
      0,
      0,
      0,
      0,
    ]);
    const record = data
      ? [Buffer.from('c00c', 'hex'), query.subarray(end - 4, end), Buffer.from([0, 0, 0, 60, 0, data.length]), data]
      : [];
    server.send(Buffer.concat([header, query.subarray(12, end), ...record]), port, address);
  }).bind(0, '127.0.0.1');
  await once(server, 'listening');
  resolveHost = createHostResolver({
    alsoSystemLookup: false,
    firstTryMs: 200,
    nameServers: [`127.0.0.1:${server.address().port}`],
  });
});
afterEach(() => {
  server.close();
});

test.each([
  ['127.0.0.1', ['127.0.0.1']],
  ['::1', ['::1']],
  ['localhost', ['127.0.0.1', '::1']],
  ['shop.localhost.', ['127.0.0.1', '::1']],
  ['both.example', ['8.8.8.8', '2a01::1']],
  ['four.example', ['127.0.0.1']],
  ['six.example', ['2a01::2']],
])('%s is %j', async (hostname, addresses) => {
  expect(await resolveHost(hostname)).toEqual(addresses);
});

test.each([
  ['unknown.example', 'ENOTFOUND'],
  ['empty.example', 'ENODATA'],
])('%s: %s', async (hostname, code) => {
  await expect(resolveHost(hostname)).rejects.toMatchObject({ code });
});

test('a hundred names whose servers never answer do not delay another one', async () => {
  const slow = Array.from({ length: 100 }, (_, index) => resolveHost(`${index}.slow.example`));
  const outcomes = Promise.allSettled(slow);
  const startMs = performance.now();
  expect(await resolveHost('four.example')).toEqual(['127.0.0.1']);
  expect(performance.now() - startMs).toBeLessThan(150);
  for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'ETIMEOUT' } });
  expect(performance.now() - startMs).toBeLessThan(1_500);
});
