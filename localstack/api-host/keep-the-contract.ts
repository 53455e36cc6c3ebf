/**
 * A Serverless plugin beside serverless-offline. Some requests never reach a function: their address is no URL, a header
 * is none, the body is beyond what the host reads. The host's own answers to those have another shape, no request id,
 * and let the page of any origin read them; with this plugin they keep the API's contract. Where the gateway is
 * deployed, API Gateway answers such requests itself.
 */
import { randomUUID } from 'node:crypto';
import type { Server as Listener } from 'node:http';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { badRequest, GatewayError } from '../../shared/contracts/errors.ts';
import { errorAnswer } from '../../shared/http/error-answer.ts';

export default class KeepTheContract {
  readonly hooks = { 'before:offline:start:init': hookHost, 'before:offline:start': hookHost };
}

/** The host is made inside serverless-offline and shown to nobody, so its maker is watched. */
async function hookHost(): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve('serverless-offline'));
  const maker = pathToFileURL(join(folder, 'events', 'http', 'HttpServer.js')).href;
  const { default: HttpServer } = (await import(maker)) as { default: { prototype: HttpServer } };
  const { createServer } = HttpServer.prototype;
  HttpServer.prototype.createServer = async function () {
    await createServer.call(this);
    const host = this.getServer();
    listenAt(host, process.env['LISTEN_ADDRESS']);
    keepTheContract(host);
  };
}

/** As much of serverless-offline and of hapi, its server, as is used here. */
interface HttpServer {
  createServer: (this: HttpServer) => Promise<void>;
  getServer: () => Host;
}

interface Host {
  listener: Listener;
  /** Read when it begins to listen. */
  settings?: { address?: string };
  ext(
    event: 'onRequest' | 'onPreHandler' | 'onPreResponse',
    method: (request: HostRequest, toolkit: Toolkit) => unknown,
  ): void;
}

interface HostRequest {
  mime: string | null;
  info: { host: string };
  response: { isBoom?: boolean; message: string; output: HostAnswer };
}

interface HostAnswer {
  statusCode: number;
  headers: Record<string, string>;
  payload: unknown;
}

interface Toolkit {
  continue: symbol;
}

/**
 * The API's port alone: serverless-offline has one option for it and for the port that invokes any function without
 * asking who wants it, and that one stays on this machine.
 */
function listenAt({ settings }: Host, address: string | undefined): void {
  if (address && settings) settings.address = address;
}

export function keepTheContract(host: Host): void {
  host.ext('onRequest', (request, { continue: goOn }) => {
    // The host builds a URL of it in the middle of its handler and would fall over.
    const isName = request.info.host === '' || URL.canParse(`http://${request.info.host}`);
    return isName ? goOn : asHostError(badRequest('The Host header must name a host, but it does not'));
  });
  host.ext('onPreHandler', (request, { continue: goOn }) => {
    // Of what it takes for JSON, the host would hand on the parsed value where that is text or null.
    request.mime = 'text/plain';
    return goOn;
  });
  host.ext('onPreResponse', ({ response }, { continue: goOn }) => {
    if (response.isBoom === true) Object.assign(response.output, inContract(errorOf(response)));
    return goOn;
  });
  answerBrokenHttp(host.listener);
}

/** hapi takes any error with these two for one of its own. */
const asHostError = (error: GatewayError) => Object.assign(error, { isBoom: true, output: inContract(error) });

function errorOf(error: HostRequest['response']): GatewayError {
  if (error instanceof GatewayError) return error;
  const { statusCode } = error.output;
  if (statusCode === 413)
    return new GatewayError('PAYLOAD_TOO_LARGE', 'The request body must be at most 65536 bytes, but it is over 10 MiB');
  if (statusCode >= 500)
    return new GatewayError('INTERNAL_ERROR', 'Something went wrong on our side; nothing you sent is at fault');
  if (error.message.startsWith('Invalid content-type'))
    return badRequest('The Content-Type header must be a media type such as application/json, but it is not');
  return badRequest(brokenHttp);
}

const brokenHttp = 'The request must be well-formed HTTP with a percent-encoded UTF-8 address, but it is not';

function inContract(error: GatewayError): HostAnswer {
  const requestId = randomUUID();
  const { status, body, headers } = errorAnswer(error, requestId);
  const common = { 'x-request-id': requestId, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return { statusCode: status, headers: { ...common, ...headers }, payload: JSON.parse(body) };
}

/** What Node cannot parse has no request and no response, only a socket. */
function answerBrokenHttp(listener: Listener): void {
  const [answerInRequest] = listener.listeners('clientError');
  listener.removeAllListeners('clientError');
  listener.on('clientError', (error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: unknown }) => {
    const isInRequest = Boolean(socket._httpMessage);
    if (isInRequest || !socket.writable) return void answerInRequest?.call(listener, error, socket);
    const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
    const sentence = isTooLarge ? 'The headers must be at most 16 KiB together, but they are larger' : brokenHttp;
    socket.end(bytesOf(inContract(badRequest(sentence))));
  });
}

function bytesOf({ headers, payload }: HostAnswer): string {
  const body = JSON.stringify(payload);
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return ['HTTP/1.1 400 Bad Request', ...lines, '', body].join('\r\n');
}
