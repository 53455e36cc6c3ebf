import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type ErrorCode, errorBody, errorStatus, paymentFailures } from '../contracts/errors.ts';
import { eventBodies } from '../contracts/events.ts';
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
    webhooks: webhooks(),
    components: {
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'Your API key' },
        apiSecret: { type: 'apiKey', in: 'header', name: 'X-Api-Secret', description: 'Your API secret' },
      },
    },
  });

const description = `
Amounts are integers in the currency's minor unit (paise), from 100 to 999,999,999,999 - twelve digits, the most that
card networks carry. Times are ISO 8601 in UTC. Unknown keys in a body are ignored. Every response carries
\`X-Request-Id\`. Every list is newest first and takes \`limit\` (1 to 100, default 10) and \`offset\`.

Payments settle by themselves: a new one is \`pending\`, then \`success\` or \`failed\`. Poll it, or listen to webhooks.

**Errors** look like \`{"error": {"code", "description", "field"?, "request_id"}}\`. The codes:
${Object.entries(errorStatus)
  .map(([code, status]) => `\`${code}\` ${status}`)
  .join(', ')}.

**A failed payment** carries one of these as its \`error_code\`:

| Code | Meaning |
|---|---|
${Object.entries(paymentFailures)
  .map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
  .join('\n')}

**Instruments with a fixed outcome** (sandbox only; any future expiry, any security code):

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

function webhooks(): ZodOpenApiPathsObject {
  return Object.fromEntries(
    Object.entries(eventBodies).map(([event, body]) => [
      event,
      {
        post: {
          summary: `Sent to your webhook URL, signed with your webhook secret`,
          tags: ['Webhooks'],
          requestBody: { content: { 'application/json': { schema: body } } },
          responses: { 200: { description: 'Any 2xx within 5 s; anything else is tried again, five times in all' } },
        },
      },
    ]),
  );
}
