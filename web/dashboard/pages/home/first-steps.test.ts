import { expect, test } from '@jest/globals';
import { nextOf, orderCommand, stepsFrom } from './first-steps.ts';

const nothing = { hasOrder: false, hasPaid: false, hasWebhookUrl: false, hasDelivered: false, hasRefunded: false };

test('the first thing left is next, whatever was done after it', () => {
  expect(nextOf(stepsFrom(nothing))).toBe('order');
  expect(nextOf(stepsFrom({ ...nothing, hasOrder: true, hasWebhookUrl: true }))).toBe('pay');
  expect(
    nextOf(stepsFrom({ hasOrder: true, hasPaid: true, hasWebhookUrl: true, hasDelivered: true, hasRefunded: false })),
  ).toBe('refund');
  expect(
    nextOf(stepsFrom({ hasOrder: true, hasPaid: true, hasWebhookUrl: true, hasDelivered: true, hasRefunded: true })),
  ).toBeNull();
});

test('the command has the key of whoever reads it, and no secret', () => {
  expect(orderCommand('http://localhost:8000', 'key_test_abc123')).toBe(`curl http://localhost:8000/api/v1/orders \\
  -H 'X-Api-Key: key_test_abc123' \\
  -H "X-Api-Secret: $GATEWAY_SECRET" \\
  -H 'Content-Type: application/json' \\
  -d '{"amount": 50000, "currency": "INR", "receipt": "first-order"}'`);
});
