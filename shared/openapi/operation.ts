import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { errorBody } from '../contracts/error-body.ts';
import { type ErrorCode, errorStatus } from '../contracts/errors.ts';
import type { Route } from '../contracts/route.ts';
import { policiesOf } from '../rate-limits/policies.ts';
import { limitHeaders } from './limit-headers.ts';

/** A route as OpenAPI has it: what goes in, and all that may come out. */
export function operation(operationId: string, route: Route): ZodOpenApiOperationObject {
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    security: securityOf(route),
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
      ...(route.idempotent && { header: idempotencyHeader }),
    },
    ...(route.body && {
      requestBody: {
        required: route.bodyOptional !== true,
        content: { 'application/json': { schema: route.body } },
      },
    }),
    responses: {
      [route.status]: {
        description: 'Success',
        ...withHeaders(route, route.status),
        content: { [route.responseType ?? 'application/json']: { schema: route.response } },
      },
      ...(hasTag(route) && { 304: notChanged }),
      ...errorResponses(route),
    },
  };
}

const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .meta({
      description: 'Makes it safe to send this request again',
      examples: ['1f7d0c52-6d3a-4b39-9d8a-5c4a7be0a1f4'],
    }),
});

const replayed = {
  description: 'true when this is the answer of an earlier request with the same Idempotency-Key',
  schema: { type: 'string' as const, enum: ['true'] },
};

/** As the chain of merchants' doors has it. */
const hasTag = ({ auth, method, responseType }: Route) =>
  auth === 'merchant' && method === 'GET' && responseType === undefined;

const tag = {
  description: 'Names the bytes of the answer; sent back as If-None-Match it asks whether they have changed',
  schema: { type: 'string' as const },
};

const notChanged = { description: 'Not changed since the answer that If-None-Match names', headers: { ETag: tag } };

function securityOf({ auth, method }: Route): Record<string, string[]>[] {
  const session: Record<string, string[]> = method === 'GET' ? { session: [] } : { session: [], csrfToken: [] };
  if (auth === 'merchant') return [{ apiKey: [], apiSecret: [] }, session];
  return auth === 'session' ? [session] : [];
}

function withHeaders(route: Route, status: number) {
  const isReplayable = route.idempotent === true && status === route.status;
  const described = status === route.status ? Object.entries(route.responseHeaders ?? {}) : [];
  const own = described.map(
    ([name, description]) => [name, { description, schema: { type: 'string' as const } }] as const,
  );
  const tagged = hasTag(route) && status === route.status && { ETag: tag };
  const more = { ...(isReplayable && { 'Idempotent-Replayed': replayed }), ...tagged, ...Object.fromEntries(own) };
  const headers = Object.assign({}, limitHeaders(route, status), more);
  return Object.keys(headers).length > 0 && { headers };
}

const needsMerchant = ({ auth }: Route) => auth === 'merchant' || auth === 'session';

/** Codes that share a status share an entry, as OpenAPI wants it. */
function errorResponses(route: Route) {
  const codes: ErrorCode[] = [
    ...(needsMerchant(route) ? (['AUTHENTICATION_ERROR'] as const) : []),
    ...route.errors,
    ...(route.idempotent ? (['IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_KEY_REUSED'] as const) : []),
    ...(policiesOf(route).length > 0 ? (['RATE_LIMIT_ERROR'] as const) : []),
    'SERVICE_UNAVAILABLE',
    'INTERNAL_ERROR',
  ];
  const byStatus = Map.groupBy(codes, (code) => errorStatus[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      status,
      {
        description: names.join(', '),
        ...withHeaders(route, status),
        content: { 'application/json': { schema: errorBody } },
      },
    ]),
  );
}
