import { type Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { AwsAnswer } from './aws-answer.ts';

export type Post = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly agent: Agent;
};

/** POSTs a text and reads the answer. @throws Error when the connection, or the whole, takes longer than it may. */
export async function post(
  { url, headers, body, agent }: Post,
  {
    connectionTimeout = 1_000,
    requestTimeout = 5_000,
  }: { readonly connectionTimeout?: number; readonly requestTimeout?: number },
  signal?: AbortSignal,
): Promise<AwsAnswer> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const timers: NodeJS.Timeout[] = [];
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const length = String(Buffer.byteLength(body));
      const sent = send(url, { method: 'POST', agent, headers: { ...headers, 'content-length': length }, signal });
      const within = (ms: number, what: string) => {
        const timer = setTimeout(() => sent.destroy(new Error(`${url.host}: no ${what} within ${ms} ms`)), ms);
        timers.push(timer);
        return timer;
      };
      within(requestTimeout, 'answer');
      sent.once('socket', (socket) => {
        if (!socket.connecting) return;
        const timer = within(connectionTimeout, 'connection');
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(timer));
      });
      sent.once('response', resolve);
      sent.once('error', reject);
      sent.end(body);
    });
    return { status: response.statusCode ?? 0, text: await text(response) };
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
