import { expect, test } from '@jest/globals';
import { createDeliveryLog } from './delivery-log.ts';
import { describeDelivery } from './describe-delivery.ts';

function deliveryOf(id: number, event = 'payment.success', paymentId = 'pay_1') {
  const body = Buffer.from(JSON.stringify({ event, data: { payment: { id: paymentId, status: 'success' } } }));
  const arrival = { id, nowMs: 0, path: '/webhook', headers: {}, body, attempt: 1, duplicate: false };
  return describeDelivery({ ...arrival, verdict: { verified: true } });
}

test('keeps the newest 500, newest first', () => {
  const log = createDeliveryLog();
  for (let id = 1; id <= 1234; id++) log.add(deliveryOf(id));
  const ids = log.newestFirst().map(({ id }) => id);
  expect(ids).toHaveLength(500);
  expect(ids[0]).toBe(1234);
  expect(ids.at(-1)).toBe(735);
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
});

test('filters by event, by payment and by both', () => {
  const log = createDeliveryLog();
  log.add(deliveryOf(1, 'payment.created', 'pay_1'));
  log.add(deliveryOf(2, 'payment.success', 'pay_1'));
  log.add(deliveryOf(3, 'payment.success', 'pay_2'));
  const idsFor = (filter: { event?: string; paymentId?: string }) => log.newestFirst(filter).map(({ id }) => id);
  expect(idsFor({ event: 'payment.success' })).toEqual([3, 2]);
  expect(idsFor({ paymentId: 'pay_1' })).toEqual([2, 1]);
  expect(idsFor({ event: 'payment.success', paymentId: 'pay_1' })).toEqual([2]);
  expect(idsFor({ event: 'refund.created' })).toEqual([]);
});

test('starts again after being emptied, even when it had wrapped around', () => {
  const log = createDeliveryLog();
  for (let id = 1; id <= 700; id++) log.add(deliveryOf(id));
  log.clear();
  expect(log.newestFirst()).toEqual([]);
  log.add(deliveryOf(701));
  log.add(deliveryOf(702));
  expect(log.newestFirst().map(({ id }) => id)).toEqual([702, 701]);
});

test('every change has a revision of its own', () => {
  const log = createDeliveryLog();
  const revisions = [log.revision()];
  for (const change of [() => log.add(deliveryOf(1)), () => log.touch(), () => log.clear()]) {
    change();
    revisions.push(log.revision());
  }
  expect(new Set(revisions).size).toBe(4);
});
