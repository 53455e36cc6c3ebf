import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { type ErrorCode, errorBody, errorStatus } from '../contracts/errors.ts';
import type { Route } from '../contracts/route.ts';
import { policiesOf } from '../rate-limits/policies.ts';
import { limitHeaders } from './limit-headers.ts';

/** A route as OpenAPI has it: what goes in, and all that may come out. */
export function operation(operationId: string, route: Route): ZodOpenApiOperationObject {
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    security: route.auth === 'merchant' ? [{ apiKey: [], apiSecret: [] }] : [],
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
        content: { 'application/json': { schema: route.response } },
      },
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

function withHeaders(route: Route, status: number) {
  const isReplayable = route.idempotent === true && status === route.status;
  const headers = Object.assign({}, limitHeaders(route, status), isReplayable && { 'Idempotent-Replayed': replayed });
  return Object.keys(headers).length > 0 && { headers };
}

/** Codes that share a status share an entry, as OpenAPI wants it. */
function errorResponses(route: Route) {
  const codes: ErrorCode[] = [
    ...(route.auth === 'merchant' ? (['AUTHENTICATION_ERROR'] as const) : []),
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
