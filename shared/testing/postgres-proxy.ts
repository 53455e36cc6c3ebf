import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What becomes of a COMMIT on its way. */
export type CommitFate =
  /** It passes, as everything else does. */
  | 'passes'
  /** PostgreSQL has committed, and its answer is lost with the connection. */
  | 'answer lost'
  /** It never reaches PostgreSQL. */
  | 'never sent';

export type PostgresProxy = {
  readonly url: string;
  /** Decides about the next COMMIT; the ones after it pass. `then` runs when it has met its fate. */
  nextCommit(fate: CommitFate, then?: () => void): void;
  close(): Promise<void>;
};

/** A simple query of the PostgreSQL protocol: type, length, text, NUL. */
const commitMessage = Buffer.from('Q\0\0\0\x0bCOMMIT\0', 'latin1');

/** Stands between a client and PostgreSQL and passes the bytes on, until a COMMIT shall meet with an accident. */
export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let fate: CommitFate = 'passes';
  let after: () => void = () => undefined;

  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port) });
    let awaitsAnswer = false;
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    const meetFate = () => {
      fate = 'passes';
      // First, or a client that is to be killed hears of its lost connection and has time to tidy up.
      after();
      cut();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', cut);
    }
    client.on('data', (bytes) => {
      const isCommit = fate !== 'passes' && bytes.includes(commitMessage);
      if (isCommit && fate === 'never sent') {
        meetFate();
        return;
      }
      awaitsAnswer = isCommit;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (awaitsAnswer) meetFate();
      else client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    nextCommit: (next, then = () => undefined) => {
      fate = next;
      after = then;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
