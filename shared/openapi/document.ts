import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { errorStatus, paymentFailures, refundFailures } from '../contracts/errors.ts';
import { eventBodies } from '../contracts/events.ts';
import { instruments } from '../contracts/instruments.ts';
import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';
import { operation } from './operation.ts';

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
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'gateway_session',
          description: 'The session of the dashboard, `__Host-gateway_session` in production',
        },
        csrfToken: {
          type: 'apiKey',
          in: 'header',
          name: 'X-CSRF-Token',
          description: "The session's `csrf_token`, with everything but a GET",
        },
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

**Send a request again** without fear: give it an \`Idempotency-Key\` of your choice (1 to 255 printable ASCII characters;
a UUID is a good one) on any POST that creates or moves money. For 24 hours the same key answers the same status and the
same bytes, with \`Idempotent-Replayed: true\`, and does nothing. While the first request runs it is answered 409
\`IDEMPOTENCY_KEY_IN_USE\`, with another request 422 \`IDEMPOTENCY_KEY_REUSED\`; the order of keys and the spaces in a body
do not make it another. A request that was refused (400, 401, 404, 413, 429) or failed (5xx) leaves its key free. A key is
yours and the route's: another merchant's, or the same on another route, has nothing to do with it.

**Refunds** settle by themselves, too: \`pending\`, then \`processed\` or \`failed\`. What is pending counts as gone; a failed
refund makes its amount available again, and says why:

| Code | Meaning |
|---|---|
${Object.entries(refundFailures)
  .map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
  .join('\n')}

**Capture** is whole, once, and before any refund is processed. It is a mark of yours: money is charged when the payment
succeeds.

**Too many requests** in a minute are answered with 429 \`RATE_LIMIT_ERROR\` and \`Retry-After\`; on every route that has a
limit, \`RateLimit-Policy\` says what it is and \`RateLimit\` what is left of it.

**Asking again and again**: a GET of yours carries an \`ETag\`. Send it back as \`If-None-Match\`, and while nothing has
changed the answer is 304 without a body.

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
