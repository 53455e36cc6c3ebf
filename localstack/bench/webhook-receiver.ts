import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const benchEvents = ['payment.created', 'payment.pending', 'payment.success'] as const;
type BenchEvent = (typeof benchEvents)[number];

/** What a payment that succeeds sends. */
export const WEBHOOKS_PER_PAYMENT = benchEvents.length;

/** The merchant's side in this process, so that asking and being told are read from one clock. */
export interface WebhookReceiver {
  url: string;
  /** When the event of the payment first arrived, or arrives. */
  arrival: (paymentId: string, event: BenchEvent) => Promise<number>;
  /** When the last of the payment's webhooks arrived, or arrives. */
  completion: (paymentId: string) => Promise<number>;
  /** Webhooks received so far, repetitions not counted. */
  received: () => number;
  close: () => Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const arrivals = new Map<string, number>();
  const waiting = new Map<string, (atMs: number) => void>();
  const note = (key: string) => {
    if (arrivals.has(key)) return;
    arrivals.set(key, performance.now());
    waiting.get(key)?.(performance.now());
    waiting.delete(key);
  };
  const arrival = (paymentId: string, event: BenchEvent) => {
    const key = `${paymentId} ${event}`;
    const atMs = arrivals.get(key);
    return atMs === undefined ? new Promise<number>((resolve) => waiting.set(key, resolve)) : Promise.resolve(atMs);
  };
  const { port, close } = await listen((body) => note(keyOf(body)));
  return {
    url: `http://127.0.0.1:${port}/bench`,
    arrival,
    completion: async (id) => Math.max(...(await Promise.all(benchEvents.map((event) => arrival(id, event))))),
    received: () => arrivals.size,
    close,
  };
}

function keyOf(body: string): string {
  const { event, data } = JSON.parse(body) as { event: string; data: { payment?: { id: string } } };
  return `${data.payment?.id ?? ''} ${event}`;
}

async function listen(onBody: (body: string) => void) {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      response.writeHead(200).end();
      onBody(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { port: (server.address() as AddressInfo).port, close };
}
