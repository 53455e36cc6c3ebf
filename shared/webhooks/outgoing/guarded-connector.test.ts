import { connect as dialAnywhere } from 'node:net';
import { expect, test } from '@jest/globals';
import type { buildConnector } from 'undici';
import { until } from '../../testing/until.ts';
import { developmentPolicy } from './address-policy.ts';
import { createGuardedConnector } from './guarded-connector.ts';
import { startTcpReceiver } from './test-receiver.ts';

function outcomeOf(connect: buildConnector.connector, options: buildConnector.Options): Promise<unknown> {
  return new Promise((resolve) =>
    connect(options, (...[error, socket]: Parameters<buildConnector.Callback>) => resolve(error ?? socket)),
  );
}

test.each(['10.0.0.1', '::1', '::ffff:10.0.0.1', '64:ff9b::a00:1'])('%s is not dialled', async (hostname) => {
  const dialled: unknown[] = [];
  const { connect } = createGuardedConnector({
    policy: developmentPolicy([]),
    timeoutMs: 300,
    resolveHost: async () => [],
    dial: (target) => {
      dialled.push(target);
      return dialAnywhere(9, '127.0.0.1');
    },
  });
  const outcome = await outcomeOf(connect, { hostname, protocol: 'http:', port: '80' });
  expect(outcome).toMatchObject({ message: `address ${hostname} is not public` });
  expect(dialled).toEqual([]);
});

test.each(['timeout', 'destroyPending'] as const)('a TLS handshake that hangs is ended by %s', async (end) => {
  const receiver = await startTcpReceiver((socket) => socket.resume());
  const { connect, destroyPending } = createGuardedConnector({
    policy: developmentPolicy(['127.0.0.0/8']),
    timeoutMs: end === 'timeout' ? 1_000 : 60_000,
    resolveHost: async () => [],
  });
  const outcome = outcomeOf(connect, { hostname: '127.0.0.1', protocol: 'https:', port: String(receiver.port) });
  await until('the handshake has begun', async () => receiver.bytesRead() > 0);
  expect(receiver.openConnections()).toBe(1);
  if (end === 'destroyPending') destroyPending();
  expect(await outcome).toMatchObject({ message: end === 'timeout' ? 'connect timeout' : 'sender closed' });
  await until('the connection is gone', async () => receiver.openConnections() === 0);
  await receiver.stop();
});
