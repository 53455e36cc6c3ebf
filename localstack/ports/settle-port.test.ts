import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { anyFreePort } from './is-port-taken.ts';
import { settlePort, type PortWish } from './settle-port.ts';

let server: Server;
let takenPort: number;

beforeEach(async () => {
  takenPort = await anyFreePort();
  server = createServer();
  await new Promise<void>((resolve) => server.listen(takenPort, '127.0.0.1', resolve));
});

afterEach(() => void server.close());

const wish = (overrides: Partial<PortWish> = {}): PortWish => ({
  purpose: 'the API',
  variable: 'API_PORT',
  standard: takenPort,
  mayMove: false,
  ...overrides,
});

test('a free port is taken as it is', async () => {
  const free = await anyFreePort();
  expect(await settlePort(wish({ standard: free }), {})).toEqual({ port: free });
});

test('the sentence names the port, its holder and the variable', async () => {
  const complaint = await settlePort(wish(), {}).catch((error: unknown) => String(error));
  expect(complaint).toContain(`Port ${takenPort}, wanted for the API, is taken by `);
  expect(complaint).toContain(`API_PORT=${takenPort + 1} npm start`);
  if (process.platform === 'linux') expect(complaint).toContain(`(pid ${process.pid})`);
});

test('a server of our own moves out of the way and says so', async () => {
  const { port, notice } = await settlePort(wish({ mayMove: true }), {});
  expect(port).toBeGreaterThan(takenPort);
  expect(notice).toContain(`uses ${port} instead`);
});

test('a port that was asked for by name is never moved', async () => {
  const asked = settlePort(wish({ mayMove: true, standard: 5432 }), { API_PORT: String(takenPort) });
  await expect(asked).rejects.toThrow('API_PORT=5432 npm start');
});

test('a port that is let go in time is not taken', async () => {
  setTimeout(() => server.close(), 150);
  expect(await settlePort(wish(), {}, 2_000)).toEqual({ port: takenPort });
});

test.each(['', 'no', '0', '65536', '80.5', '-1', '1e3'])('API_PORT=%j is a port or is refused', async (text) => {
  const settled = settlePort(wish(), { API_PORT: text }, 0);
  await expect(settled).rejects.toThrow(text === '' ? 'is taken by' : 'must be a port number');
});
