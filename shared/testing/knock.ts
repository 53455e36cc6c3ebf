import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { HttpHandler } from '../http/chains.ts';
import { testMerchant } from '../merchants/test-merchant.ts';

export type Knock = {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** As API Gateway takes them out of their header. */
  cookies?: string[];
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
  isBase64Encoded?: boolean;
  /** Where the request comes from. */
  ip?: string;
};

export type Answered = { status: number; headers: Record<string, string>; text: string; json: any };

export const testCredentials = { 'x-api-key': testMerchant.api_key, 'x-api-secret': testMerchant.api_secret };

/** Calls a door with the event API Gateway would send it, with the test merchant's credentials unless told otherwise. */
export async function knock(handler: HttpHandler, call: Knock = {}): Promise<Answered> {
  const response = await handler(eventOf(call), { awsRequestId: crypto.randomUUID() } as Context);
  const text = response.body ?? '';
  const headers = Object.fromEntries(
    Object.entries(response.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  if (response.cookies !== undefined) headers['set-cookie'] = response.cookies.join('\n');
  const isJson = headers['content-type']?.startsWith('application/json') === true && text !== '';
  return { status: response.statusCode ?? 200, headers, text, json: isJson ? JSON.parse(text) : undefined };
}

function eventOf(call: Knock): APIGatewayProxyEventV2 {
  const {
    method = 'POST',
    path = '/',
    headers = testCredentials,
    cookies,
    params,
    query,
    body,
    isBase64Encoded = false,
    ip = '127.0.0.1',
  } = call;
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers,
    ...(cookies && { cookies }),
    ...(params && { pathParameters: params }),
    ...(query && { queryStringParameters: query }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded,
    requestContext: {
      accountId: 'test',
      apiId: 'test',
      domainName: 'test',
      domainPrefix: 'test',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip, userAgent: 'test' },
      requestId: 'constant',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
  };
}
