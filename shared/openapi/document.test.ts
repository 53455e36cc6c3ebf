import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { errorStatus } from '../contracts/errors.ts';
import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';
import { eventType } from '../contracts/webhooks.ts';
import { openApiDocument } from './document.ts';

/** As it goes over the wire. */
const document = JSON.parse(JSON.stringify(openApiDocument()));

/** OpenAPI 3.1.0, section 4.8, as far as our document uses it. Unknown keys are mistakes, so every object is strict. */
const schema = z.union([z.boolean(), z.record(z.string(), z.json())]);
const content = z.record(z.string().regex(/^[a-z]+\/[a-z.+-]+$/), z.strictObject({ schema }));
const parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['query', 'path', 'header']),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema,
});
const header = parameter.omit({ name: true, in: true });
const operation = z.strictObject({
  operationId: z.string().regex(/^\w+$/),
  tags: z.array(z.string()).min(1).optional(),
  summary: z.string().min(1),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(parameter).optional(),
  requestBody: z
    .strictObject({ description: z.string().optional(), required: z.boolean().optional(), content })
    .optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.strictObject({
      description: z.string().min(1),
      headers: z.record(z.string(), header).optional(),
      content: content.optional(),
    }),
  ),
});
const method = z.enum(['get', 'put', 'post', 'delete', 'patch']);
const openApi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string().optional() }),
  servers: z.array(z.strictObject({ url: z.string(), description: z.string().optional() })),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string().optional() })).optional(),
  paths: z.record(z.string().regex(/^\//), z.partialRecord(method, operation)),
  webhooks: z.record(z.string(), z.partialRecord(method, operation.partial({ operationId: true }))).optional(),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), schema),
    securitySchemes: z.record(
      z.string(),
      z.strictObject({
        type: z.literal('apiKey'),
        in: z.enum(['header', 'cookie']),
        name: z.string(),
        description: z.string(),
      }),
    ),
  }),
});

type Operation = z.infer<typeof operation>;
const operationsOf = (items: Record<string, Record<string, Operation>> = {}) =>
  Object.entries(items).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ path, method: method.toUpperCase(), one })),
  );
const operations = operationsOf(document.paths);

function everyObjectIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(everyObjectIn);
  return Array.isArray(value) ? inside : [value as Record<string, unknown>, ...inside];
}

describe('the OpenAPI document', () => {
  test('has the shape of OpenAPI 3.1', () => {
    expect(openApi.safeParse(document).error?.issues).toBeUndefined();
  });

  test('has every route, and no other', () => {
    const wanted = Object.values<Route>(routes).map(({ method, path }) => `${method} ${path}`);
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(wanted.sort());
  });

  test('has no reference that leads nowhere, and no schema that nobody refers to', () => {
    const references = everyObjectIn(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    const targets = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...new Set(references)].sort()).toEqual(targets.sort());
  });

  test('names every operation once', () => {
    const ids = [...operations, ...operationsOf(document.webhooks)].map(({ one }) => one.operationId).filter(Boolean);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test.each(operations)('$method $path declares exactly the parameters of its path', ({ path, one }) => {
    const declared = (one.parameters ?? []).filter((known) => known.in === 'path');
    expect(declared.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    expect(declared.every(({ required }) => required === true)).toBe(true);
  });

  test.each(operations)('$method $path asks for the credentials its route asks for', ({ path, method, one }) => {
    const route = Object.values<Route>(routes).find((known) => known.path === path && known.method === method)!;
    const byKey = { apiKey: [], apiSecret: [] };
    const bySession = method === 'GET' ? { session: [] } : { session: [], csrfToken: [] };
    const wanted = { merchant: [byKey, bySession], session: [bySession], password: [], none: [] };
    expect(one.security).toEqual(wanted[route.auth]);
    for (const name of one.security!.flatMap(Object.keys))
      expect(document.components.securitySchemes).toHaveProperty(name);
  });

  test.each(operations)('$method $path says what success and every failure look like', ({ path, method, one }) => {
    const route = Object.values<Route>(routes).find((known) => known.path === path && known.method === method)!;
    const failures = [
      ...route.errors.map((code) => errorStatus[code]),
      500,
      503,
      ...(route.auth === 'none' ? [] : [401]),
      ...(route.idempotent ? [409, 422] : []),
    ];
    for (const status of [route.status, ...failures]) expect(one.responses).toHaveProperty(String(status));
    for (const status of failures) {
      const { schema: body } = one.responses[status]!.content!['application/json']!;
      expect(body).toEqual({ $ref: '#/components/schemas/Error' });
    }
  });

  test.each(operations)('$method $path takes an Idempotency-Key exactly if its route does', ({ path, method, one }) => {
    const route = Object.values<Route>(routes).find((known) => known.path === path && known.method === method)!;
    const headers = (one.parameters ?? []).filter((known) => known.in === 'header').map(({ name }) => name);
    expect(headers).toEqual(route.idempotent ? ['Idempotency-Key'] : []);
    const replayed = Object.keys(one.responses[String(route.status)]?.headers ?? {}).includes('Idempotent-Replayed');
    expect(replayed).toBe(route.idempotent === true);
  });

  test.each(operations)('$method $path has a tag to ask again with exactly if a merchant reads it', (operation) => {
    const { path, method, one } = operation;
    const route = Object.values<Route>(routes).find((known) => known.path === path && known.method === method)!;
    const isTagged = route.auth === 'merchant' && method === 'GET' && route.responseType === undefined;
    expect(Object.keys(one.responses[String(route.status)]?.headers ?? {}).includes('ETag')).toBe(isTagged);
    expect(Object.keys(one.responses['304']?.headers ?? {})).toEqual(isTagged ? ['ETag'] : []);
    expect(one.responses['304']?.content).toBeUndefined();
  });

  test('has every event', () => {
    expect(Object.keys(document.webhooks).sort()).toEqual([...eventType.options].sort());
  });
});
