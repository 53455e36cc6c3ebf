import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type ErrorCode, errorBody, errorStatus } from '../contracts/errors.ts';
import { instruments } from '../contracts/instruments.ts';
import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';

/** The API's description, OpenAPI 3.1, from the same contracts that validate the requests. */
export const openApiDocument = () =>
  createDocument({
    openapi: '3.1.0',
    info: { title: 'Payment gateway', version: '1.0.0', description },
    servers: [{ url: '/' }],
    paths: paths(),
    components: {
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'Your API key' },
        apiSecret: { type: 'apiKey', in: 'header', name: 'X-Api-Secret', description: 'Your API secret' },
      },
    },
  });

const description = `
Amounts are integers in the currency's minor unit (paise). Times are ISO 8601 in UTC. Unknown keys in a body are
ignored. Every response carries \`X-Request-Id\`. Every list is newest first and takes \`limit\` (1 to 100, default 10)
and \`offset\`.

Payments settle by themselves: a new one is \`pending\`, then \`success\` or \`failed\`. Poll it, or listen to webhooks.

An amount is at most 999,999,999,999 (twelve digits, the most that card networks carry).

**Instruments with a fixed outcome (sandbox only)**

| Method | Value | Outcome |
|---|---|---|
${instruments.map(({ method, value, about }) => `| ${method} | \`${value}\` | ${about} |`).join('\n')}
`.trim();

function paths(): ZodOpenApiPathsObject {
  const all: ZodOpenApiPathsObject = {};
  for (const [operationId, route] of Object.entries<Route>(routes)) {
    all[route.path] = { ...all[route.path], [route.method.toLowerCase()]: operation(operationId, route) };
  }
  return all;
}

function operation(operationId: string, route: Route): ZodOpenApiOperationObject {
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    security: route.auth === 'merchant' ? [{ apiKey: [], apiSecret: [] }] : [],
    ...((route.params ?? route.query) && {
      requestParams: { ...(route.params && { path: route.params }), ...(route.query && { query: route.query }) },
    }),
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    responses: {
      [route.status]: {
        description: 'Success',
        content: { 'application/json': { schema: route.response } },
      },
      ...errorResponses(route),
    },
  };
}

/** Codes that share a status share an entry, as OpenAPI wants it. */
function errorResponses(route: Route) {
  const codes: ErrorCode[] = [
    ...(route.auth === 'merchant' ? (['AUTHENTICATION_ERROR'] as const) : []),
    ...route.errors,
    'SERVICE_UNAVAILABLE',
    'INTERNAL_ERROR',
  ];
  const byStatus = Map.groupBy(codes, (code) => errorStatus[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      status,
      { description: names.join(', '), content: { 'application/json': { schema: errorBody } } },
    ]),
  );
}
