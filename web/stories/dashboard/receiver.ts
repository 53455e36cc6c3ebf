import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Receiver {
  readonly url: string;
  readonly received: { headers: IncomingHttpHeaders; body: string }[];
  /** What it answers from now on. */
  answer(status: number, body: string): void;
  close(): void;
}

/** A merchant's webhook receiver on this machine. */
export async function openReceiver(): Promise<Receiver> {
  let next = { status: 200, body: 'thank you' };
  const received: Receiver['received'] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(next.status, { 'X-Answered-By': 'the shop' }).end(next.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    received,
    answer: (status, body) => (next = { status, body }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
