import { expect, test } from '@jest/globals';
import { matchPath } from './match-path.ts';

test.each([
  ['/dashboard', '/dashboard', {}],
  ['/dashboard', '/dashboard/', {}],
  ['/orders/{id}', '/orders/order_1', { id: 'order_1' }],
  ['/orders/{id}', '/orders/a%2Fb', { id: 'a/b' }],
  ['/orders/{id}', '/orders', null],
  ['/orders/{id}', '/orders/', null],
  ['/orders/{id}', '/orders/1/2', null],
  ['/orders/{id}/x', '/orders//x', null],
  ['/orders/{id}', '/orders/%E0%A4%A', null],
  ['/orders', '/ordersx', null],
])('%s at %s', (pattern, path, params) => {
  expect(matchPath(pattern, path)).toEqual(params);
});
