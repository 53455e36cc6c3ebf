import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

const LOOPBACKS = ['127.0.0.1', '::1'];
const CONNECT_WITHIN_MS = 500;

/**
 * Both questions are asked because neither is enough: on macOS one may listen on 127.0.0.1 beside somebody who listens on
 * every address, and a socket that is bound but not accepting refuses connections.
 */
export async function isPortTaken(port: number): Promise<boolean> {
  const answers = await Promise.all(LOOPBACKS.flatMap((host) => [answersOn(host, port), cannotListenOn(host, port)]));
  return answers.includes(true);
}

export async function findFreePort(from: number): Promise<number> {
  for (let port = from; port < 65_536; port++) {
    if (!(await isPortTaken(port))) return port;
  }
  throw new Error(`no free port from ${from} up`);
}

/** Ports that were given out: their servers start in a moment, and until then they look free. */
const given = new Set<number>();
const SHARES = 8;

/**
 * Any port for a server that starts in a moment, and none twice. Below the ports that systems hand to outgoing
 * connections (from 32768 on Linux, 49152 elsewhere): one of those may be gone again before the server listens.
 */
export async function anyFreePort(): Promise<number> {
  // The processes of a test run draw at the same time, so each has a share of its own.
  const share = Number(process.env['JEST_WORKER_ID'] ?? 0) % SHARES;
  for (;;) {
    const port = randomInt(10_000 / SHARES, 32_000 / SHARES) * SHARES + share;
    if (given.has(port)) continue;
    given.add(port);
    if (!(await isPortTaken(port))) return port;
  }
}

function answersOn(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_WITHIN_MS });
    const settle = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

function cannotListenOn(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has no ::1 (EADDRNOTAVAIL): that is not a port taken.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(false)));
  });
}
