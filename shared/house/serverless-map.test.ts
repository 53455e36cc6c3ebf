import { describe, expect, test } from '@jest/globals';
import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';
import { variables } from '../runtime/variables.ts';
import { mappedEnvironment, mappedFunctions } from './serverless-map.ts';
import { productFiles } from './source-files.ts';

const doors = productFiles('functions/{http,jobs}/**/*.ts');

/** Addresses that are no route of the API: its own pages, second names of routes, and what nothing matches. */
const besideTheRoutes = [
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/{file}',
  'GET /api/v1/payments/webhooks',
  'GET /api/v1/payments/refunds',
  '*',
];

describe('serverless.yml', () => {
  test.each(mappedFunctions)('$name has its door in $file', async ({ file, exportName }) => {
    expect(doors.map(({ path }) => path)).toContain(file);
    const door = (await import(`../../${file}`)) as Record<string, unknown>;
    expect(Object.keys(door)).toEqual(['handler']);
    expect(exportName).toBe('handler');
    expect(door.handler).toBeInstanceOf(Function);
  });

  test('has every door once', () => {
    expect(mappedFunctions.map(({ file }) => file).sort()).toEqual(doors.map(({ path }) => path));
  });

  test('has every route of the API and nothing else', () => {
    const inTheTable = Object.values<Route>(routes).map(({ method, path }) => `${method} ${path}`);
    const mapped = mappedFunctions.flatMap(({ addresses }) => addresses);
    expect(mapped.toSorted()).toEqual([...inTheTable, ...besideTheRoutes].sort());
  });

  test.each(Object.entries<Route>(routes))('%s leads to the door that opens that route', (name, { method, path }) => {
    const mapped = mappedFunctions.find(({ addresses }) => addresses.includes(`${method} ${path}`));
    expect(mapped?.name).toBe(name);
    const text = doors.find((door) => door.path === mapped?.file)?.text ?? '';
    expect([...text.matchAll(/\(routes\.(\w+)/g)].map(([, route]) => route)).toEqual([name]);
  });
});

describe('the environment of a Lambda', () => {
  /** Read by the local worker only; on AWS the event source mappings have its place. */
  const ofTheWorker = ['WORKER_CONCURRENCY'];
  const wanted = Object.keys(variables).filter((name) => !ofTheWorker.includes(name));

  test('has every variable the gateway reads, and no other', () => {
    expect(Object.keys(mappedEnvironment).sort()).toEqual(wanted.sort());
  });

  test.each(wanted)('passes %s on as it is, or empty for the default', (name) => {
    const standard = name === 'GATEWAY_MODE' ? 'production' : '';
    expect(mappedEnvironment[name]).toBe(`\${env:${name}, '${standard}'}`);
  });
});

describe('a door', () => {
  const forbidden =
    /\b(if|try|catch|switch|for|while|statement)\b|\b(select|insert into|update|delete from)\s|\?[^.?:]+:/i;

  test.each(doors)('$path is a door only: short, without a rule, a query or a try', ({ text }) => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    expect(withoutImports(text).match(forbidden)?.[0]).toBeUndefined();
  });

  const withoutImports = (text: string) => text.replace(/^import [^;]+;$/gm, '').replace(/\/\*.*?\*\/|\/\/.*$/gms, '');
});
