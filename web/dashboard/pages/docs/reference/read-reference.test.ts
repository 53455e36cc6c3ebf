import { expect, test } from '@jest/globals';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { openApiDocument } from '../../../../../shared/openapi/document.ts';
import { addressOf, isComplete, listBehind } from './asked.ts';
import type { OpenApi } from './open-api.ts';
import { readReference } from './read-reference.ts';

const chapters = readReference(openApiDocument() as unknown as OpenApi);
const operations = chapters.flatMap((chapter) => chapter.operations);
const byId = (id: string) => operations.find((operation) => operation.id === id)!;

test('every route has its page, and whoever starts reads about orders first', () => {
  expect(operations.map(({ id }) => id).sort()).toEqual(Object.keys(routes).sort());
  expect(chapters[0]?.name).toBe('Orders');
  expect(chapters.at(-1)?.name).toBe('Test');
});

test('fields tell what is within them, what may be null and what is required', () => {
  const { body, answer, bodyExample } = byId('createPayment');
  const told = body.map(({ name, type, isRequired }) => `${name} ${type}${isRequired ? ' required' : ''}`);
  expect(told).toContain('order_id string required');
  expect(told).toContain('vpa string or null');
  expect(told).toContain('card.number string or null');
  expect(answer.find(({ name }) => name === 'status')?.values).toContain('partially_refunded');
  expect(byId('listOrders').answer.map(({ name }) => name)).toContain('data[].id');
  expect(bodyExample).toMatchObject({ order_id: expect.stringMatching(/^order_/), method: 'upi' });
});

test('what may go wrong stands by its status', () => {
  const { errors, status } = byId('createRefund');
  expect(status).toBe(201);
  expect(errors).toContainEqual({ status: 409, codes: ['IDEMPOTENCY_KEY_IN_USE'] });
});

test('an address is filled with what was written, safely', () => {
  const list = byId('listPayments');
  expect(addressOf(list, {})).toBe('/api/v1/payments');
  expect(addressOf(list, { q: 'a&b', limit: '' })).toBe('/api/v1/payments?q=a%26b');
  const one = byId('getPayment');
  expect(addressOf(one, {})).toBe('/api/v1/payments/{id}');
  expect(addressOf(one, { id: '../x' })).toBe('/api/v1/payments/..%2Fx');
  expect([isComplete(one, {}), isComplete(one, { id: 'x' })]).toEqual([false, true]);
});

test.each([
  ['getPublicOrder', '/api/v1/orders'],
  ['listPaymentRefunds', '/api/v1/payments'],
  ['getWebhook', '/api/v1/webhooks'],
  ['listOrders', null],
])('the ids of %s are in the list %s', (id, list) => {
  expect(listBehind(byId(id))).toBe(list);
});
