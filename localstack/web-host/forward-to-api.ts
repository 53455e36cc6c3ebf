import { randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders, type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { GatewayError } from '../../shared/contracts/errors.ts';
import { errorAnswer } from '../../shared/http/error-answer.ts';
import { send } from './send.ts';

/** Twice what a Lambda of ours may take. */
const SILENT_AFTER_MS = 30_000;

/** RFC 9110, 7.6.1: these speak of one connection. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What only a proxy may say; from a browser it would be an invention. `expect` has been answered here. */
const NOT_THE_CALLERS = /^(x-forwarded-.*|x-real-ip|forwarded|via|host|expect)$/;

type Forward = (request: IncomingMessage, response: ServerResponse, path: string) => void;

/**
 * Hands a request on to the API and its answer back, both as they come in. When the API is away the caller hears so in
 * the shape of the API's own errors.
 */
export function forwardToApi(apiOrigin: string): Forward {
  const { protocol, hostname, port } = new URL(apiOrigin);

  return (request, response, path) => {
    const headers = onwardHeaders(request);
    // A connection of its own: one that was kept may be closed by the API in the very moment it is used again, and a
    // request that moves money is not one to be sent twice on a guess.
    const onward = ask({ agent: false, protocol, hostname, port, path, method: request.method, headers });
    onward.setTimeout(SILENT_AFTER_MS, () => onward.destroy(new Error('the API is silent')));
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
      // Either end that breaks off breaks off the other; half an answer is not sent as a whole one.
      pipeline(answer, response, () => undefined);
    });
    onward.on('error', () => {
      if (response.headersSent) response.destroy();
      else sendApiAway(response);
    });
    response.on('close', () => {
      if (!response.writableFinished) onward.destroy();
    });
    request.on('error', () => onward.destroy());
    request.pipe(onward);
  };
}

function onwardHeaders(request: IncomingMessage): IncomingHttpHeaders {
  const kept = Object.entries(withoutHopByHop(request.headers)).filter(([name]) => !NOT_THE_CALLERS.test(name));
  return {
    ...Object.fromEntries(kept),
    'x-forwarded-for': request.socket.remoteAddress,
    // Without a length Node would write the body of a GET with nothing to say where it ends: a second request.
    ...(request.headers['transfer-encoding'] !== undefined && { 'transfer-encoding': 'chunked' }),
  };
}

function withoutHopByHop(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const isKept = ([name]: [string, unknown]) => !HOP_BY_HOP.has(name) && !named.includes(name);
  return Object.fromEntries(Object.entries(headers).filter(isKept));
}

function sendApiAway(response: ServerResponse): void {
  const requestId = randomUUID();
  const error = new GatewayError('SERVICE_UNAVAILABLE', 'The gateway does not answer; try again shortly', {
    retryAfterSeconds: 2,
  });
  const { status, body, headers } = errorAnswer(error, requestId);
  send(response, status, body, { 'X-Request-Id': requestId, 'Cache-Control': 'no-store', ...headers });
}
