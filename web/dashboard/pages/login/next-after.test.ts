import { expect, test } from '@jest/globals';
import { nextAfter } from './next-after.ts';

test.each([
  [null, '/dashboard'],
  ['', '/dashboard'],
  ['/dashboard/refunds', '/dashboard/refunds'],
  ['/dashboard/transactions?status=failed&q=a%40b', '/dashboard/transactions?status=failed&q=a%40b'],
  ['/login', '/dashboard'],
  ['/login?next=/login', '/dashboard'],
  ['https://evil.example/dashboard', '/dashboard'],
  ['//evil.example/dashboard', '/dashboard'],
  ['/\\evil.example/dashboard', '/dashboard'],
  ['javascript:alert(1)', '/dashboard'],
  ['http://', '/dashboard'],
  ['/dashboard/../api/v1/auth/logout', '/dashboard'],
  ['/dashboardx', '/dashboard'],
])('after %p comes %p', (wanted, next) => {
  expect(nextAfter(wanted)).toBe(next);
});
