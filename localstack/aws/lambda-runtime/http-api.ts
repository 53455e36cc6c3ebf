import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { LambdaFunction } from './lambda-function.ts';

/** A route of an HTTP API, such as `GET /orders/{id}` or `$default`, and where it leads. */
export type ApiRoute = { readonly key: string; readonly target: LambdaFunction };

export type HttpApi = { readonly url: string; stop(): Promise<void> };

/** API Gateway's HTTP API in front of functions: payload format 2.0, no CORS of its own. */
export async function startHttpApi(routes: readonly ApiRoute[]): Promise<HttpApi> {
  const matchers = routes.map((route) => ({ ...route, pattern: patternOf(route.key) }));
  // Literal paths win over those with a parameter, and the catch-all comes last.
  matchers.sort((one, other) => one.pattern.greed - other.pattern.greed);
  const server = createServer((request, response) => {
    void serve(matchers, request, response).catch(() => {
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal Server Error"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Pattern = { readonly regex: RegExp; readonly greed: number };
type Matcher = ApiRoute & { readonly pattern: Pattern };
type Answer = {
  statusCode?: number;
  headers?: Record<string, string>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
};

function patternOf(key: string): Pattern {
  if (key === '$default') return { regex: /^/, greed: Infinity };
  const parameters = key.match(/\{/g)?.length ?? 0;
  return { regex: new RegExp(`^${key.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`), greed: parameters };
}

async function serve(matchers: readonly Matcher[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  for (const { key, target, pattern } of matchers) {
    const match = pattern.regex.exec(`${request.method ?? ''} ${path}`);
    if (match === null) continue;
    const body = await buffer(request);
    const answer = (await target.invoke(eventOf(request, { key, path, query, body, params: match.groups }))) as Answer;
    const { statusCode = 200, headers = {}, cookies, body: text = '', isBase64Encoded = false } = answer;
    response.writeHead(statusCode, { ...headers, ...(cookies && { 'set-cookie': cookies }) });
    response.end(Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8'));
    return;
  }
}

function eventOf(
  request: IncomingMessage,
  {
    key,
    path,
    query,
    body,
    params,
  }: {
    key: string;
    path: string;
    query: string;
    body: Buffer;
    params: Record<string, string> | undefined;
  },
) {
  const { cookie, ...headers } = request.headers;
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')]));
  const isText = body.length === 0 || /json|text|urlencoded/.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: key,
    rawPath: path,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: flat,
    ...(query !== '' && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    ...(params !== undefined && {
      pathParameters: Object.fromEntries(Object.entries(params).map(([name, text]) => [name, decoded(text)])),
    }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'api.execute-api.ap-south-1.amazonaws.com',
      domainPrefix: 'api',
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.socket.remoteAddress,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: key,
      stage: '$default',
      time: new Date().toISOString(),
      timeEpoch: Date.now(),
    },
    ...(body.length > 0 && { body: isText ? body.toString('utf8') : body.toString('base64') }),
    isBase64Encoded: !isText,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
