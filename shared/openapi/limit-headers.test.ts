import { describe, expect, test } from '@jest/globals';
import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';
import { openApiDocument } from './document.ts';

const document = JSON.parse(JSON.stringify(openApiDocument()));
const responsesOf = ({ method, path }: Route): Record<string, { description: string; headers?: object }> =>
  document.paths[path][method.toLowerCase()].responses;
const headersOf = (route: Route, status: number) =>
  Object.keys(responsesOf(route)[status]?.headers ?? {})
    .filter((name) => /^(RateLimit|Retry-After)/.test(name))
    .sort();

const unlimited = ['health', 'getTestMerchant', 'getJobsStatus'];
const byName = Object.entries<Route>(routes);

describe('the reference tells the limits', () => {
  test.each(byName.filter(([name]) => !unlimited.includes(name)))('of %s', (_name, route) => {
    expect(responsesOf(route)[429]?.description).toBe('RATE_LIMIT_ERROR');
    expect(headersOf(route, 429)).toEqual(['RateLimit', 'RateLimit-Policy', 'Retry-After']);
    for (const status of [route.status, 500])
      expect(headersOf(route, status)).toEqual(['RateLimit', 'RateLimit-Policy']);
  });

  test.each(byName.filter(([name]) => unlimited.includes(name)))('and that %s has none', (_name, route) => {
    expect(responsesOf(route)).not.toHaveProperty('429');
    expect(headersOf(route, route.status)).toEqual([]);
  });

  test('by the names that stand in the headers', () => {
    const policyOf = (route: Route, status: number): string =>
      document.paths[route.path][route.method.toLowerCase()].responses[status].headers['RateLimit-Policy'].description;
    expect(policyOf(routes.listOrders, 200)).toContain('"merchant"');
    expect(policyOf(routes.listOrders, 200)).not.toContain('"wrong-credentials"');
    expect(policyOf(routes.listOrders, 401)).toContain('"wrong-credentials"');
    expect(policyOf(routes.getPublicOrder, 200)).toMatch(/"public-ip".*"public-order"/);
  });
});
