import type { ServerResponse } from 'node:http';
import type { StaticFile } from './static-files.ts';

type Headers = Readonly<Record<string, string>>;

/** Node leaves the body out of an answer to HEAD by itself. */
export function send(response: ServerResponse, status: number, body: string | Buffer, headers: Headers): void {
  response.writeHead(status, { 'Content-Length': String(Buffer.byteLength(body)), ...headers }).end(body);
}

export function sendText(response: ServerResponse, status: number, text: string, headers: Headers = {}): void {
  const plain = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
  send(response, status, text, { ...plain, ...headers });
}

export function sendFile(response: ServerResponse, { content, type, isImmutable }: StaticFile): void {
  send(response, 200, content, {
    'Content-Type': type,
    'X-Content-Type-Options': 'nosniff',
    // The names of built files hold a hash of what is in them.
    'Cache-Control': isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
}
