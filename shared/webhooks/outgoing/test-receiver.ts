import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server on a free loopback port, for tests. `connections` and `bytesRead` count everything that ever came. */
export type TestReceiver = {
  port: number;
  connections: () => number;
  openConnections: () => number;
  bytesRead: () => number;
  stop: () => Promise<void>;
};

export function startHttpReceiver(listener: RequestListener): Promise<TestReceiver> {
  return start(createHttp(listener));
}

export function startHttpsReceiver(
  tls: { key: string; cert: string },
  listener: RequestListener,
): Promise<TestReceiver> {
  return start(createHttps(tls, listener));
}

/** Speaks no protocol of its own: `onConnection` answers, or never does. */
export function startTcpReceiver(onConnection: (socket: Socket) => void): Promise<TestReceiver> {
  return start(createTcp(onConnection));
}

async function start(server: Server): Promise<TestReceiver> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.length,
    openConnections: () => sockets.filter((socket) => !socket.closed).length,
    bytesRead: () => sockets.reduce((sum, socket) => sum + socket.bytesRead, 0),
    stop: async () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}
