import { describe, expect, test } from '@jest/globals';
import { drawCustomers } from './customers.ts';
import { liveOrder } from './live-order.ts';
import { Random } from './random.ts';
import { noRows, type Rows } from './rows.ts';
import { drawTimes } from './times.ts';

const now = new Date('2030-03-05T12:00:00Z');
const dayMs = 86_400_000;

function lives(seed: number, payments = 2_000): Rows {
  const random = new Random(seed);
  const times = drawTimes(random, payments, now);
  const listener = { url: 'http://x', secret: 'whsec_x', since: new Date(now.getTime() - 20 * dayMs), outages: [] };
  const world = {
    random,
    now,
    merchantId: 'm',
    customers: drawCustomers(random, 50),
    listener,
    rows: noRows(),
    refundsUnderWay: 0,
  };
  for (let made = 0; made < payments;) made += liveOrder(world, times[made]!, payments - made);
  return world.rows;
}

describe('the lives that are made up', () => {
  const rows = lives(1);

  test('are the same for the same seed and moment, and others for another', () => {
    expect(lives(1)).toEqual(rows);
    expect(lives(2).payments.map(({ id }) => id)).not.toEqual(rows.payments.map(({ id }) => id));
  });

  test('have ids of the right form, each once', () => {
    const ids = [...rows.orders, ...rows.payments, ...rows.refunds, ...rows.events].map(({ id }) => id);
    expect(ids.filter((id) => !/^(order|pay|rfnd|evt)_[A-Za-z0-9]{16}$/.test(id))).toEqual([]);
    const uuids = rows.webhook_logs.map(({ id }) => id);
    expect(
      uuids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toEqual([]);
    expect(new Set([...ids, ...uuids]).size).toBe(ids.length + uuids.length);
  });

  test('fill thirty days up to now, more by day than by night, and nothing lies in the future', () => {
    const times = rows.payments.map(({ created_at }) => created_at.getTime());
    expect(Math.max(...times)).toBeLessThanOrEqual(now.getTime());
    expect(Math.min(...times)).toBeGreaterThan(now.getTime() - 30.1 * dayMs);
    expect(new Set(times.map((at) => Math.floor((now.getTime() - at) / dayMs))).size).toBeGreaterThanOrEqual(30);
    const hours = times.map((at) => Math.floor(((at + 5.5 * 3_600_000) % dayMs) / 3_600_000));
    const between = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length;
    expect(between(16, 20)).toBeGreaterThan(4 * between(4, 8));
    const told = [
      ...[...rows.orders, ...rows.events].map(({ created_at }) => created_at),
      ...rows.webhook_attempts.map((a) => a.attempted_at),
    ];
    expect(told.filter((at) => at > now)).toEqual([]);
  });

  test('come to every end there is', () => {
    const statuses = (all: readonly { status: string }[]) => [...new Set(all.map(({ status }) => status))].sort();
    expect(statuses(rows.payments)).toEqual(['failed', 'partially_refunded', 'pending', 'refunded', 'success']);
    expect(statuses(rows.orders)).toEqual(['created', 'paid']);
    expect(statuses(rows.refunds)).toEqual(expect.arrayContaining(['failed', 'processed']));
    expect(statuses(rows.webhook_logs)).toEqual(expect.arrayContaining(['failed', 'success']));
    expect(new Set(rows.payments.map(({ error_code }) => error_code)).size).toBeGreaterThanOrEqual(6);
    expect(new Set(rows.payments.map(({ currency }) => currency))).toEqual(new Set(['INR', 'USD']));
    expect(rows.webhook_logs.some(({ round }) => round === 1)).toBe(true);
    const succeeded = rows.payments.filter(({ holds_charge }) => holds_charge).length / rows.payments.length;
    expect(succeeded).toBeGreaterThan(0.85);
    expect(succeeded).toBeLessThan(0.95);
  });
});
