import { request } from 'node:http';
import { connect } from 'node:net';
import type { Answered } from './knock.ts';

export type Sent = {
  method?: string;
  /** Goes onto the wire as it is: nothing is encoded or tidied. */
  path: string;
  /** A list is sent as several headers of one name. */
  headers?: Record<string, string | string[]>;
  /** An object is sent as JSON, text and bytes as they are. */
  body?: unknown;
  /** In pieces and without a Content-Length. */
  chunked?: boolean;
};

/** Sends a request to a server as it is told, however wrong, which `fetch` would correct or refuse. */
export async function send(
  url: string,
  { method = 'GET', path, headers = {}, body, chunked }: Sent,
): Promise<Answered> {
  const bytes = bytesOf(body);
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = bytes === undefined || chunked === true ? {} : { 'content-length': String(bytes.length) };
    const sent = request({ hostname, port, method, path, headers: { ...length, ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve(answered(response.statusCode ?? 0, response.headers, Buffer.concat(parts).toString())),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    // Two writes, so that a chunked body has more than one chunk.
    if (bytes !== undefined && chunked === true) sent.write(bytes.subarray(0, bytes.length / 2));
    sent.end(chunked === true ? bytes?.subarray(bytes.length / 2) : bytes);
  });
}

/** Writes bytes to a socket and reads the one answer that comes back before it falls silent. */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<Answered> {
  const { port } = new URL(url);
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect({ host: 'localhost', port: Number(port) });
    let received = '';
    const finish = () => {
      resolve(received);
      socket.destroy();
    };
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      received += part;
      if (isWhole(received)) finish();
    });
    socket.on('close', finish);
    socket.on('error', reject);
    socket.write(bytes);
  });
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return answered(Number(statusLine.split(' ')[1] ?? 0), headers, rest.join('\r\n\r\n'));
}

function isWhole(text: string): boolean {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const length = /^content-length: (\d+)\r?$/im.exec(head)?.[1];
  return length !== undefined && Buffer.byteLength(rest.join('\r\n\r\n')) >= Number(length);
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function answered(status: number, headers: NodeJS.Dict<string | string[]>, text: string): Answered {
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const isJson = flat['content-type']?.startsWith('application/json') === true && text !== '';
  return { status, headers: flat, text, json: isJson ? JSON.parse(text) : undefined };
}
