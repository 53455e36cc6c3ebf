import { expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { drive } from './drive.ts';

test('as many round trips are under way as there are connections', async () => {
  let underWay = 0;
  let most = 0;
  const roundTrip = async () => {
    most = Math.max(most, ++underWay);
    await delay(5);
    underWay--;
    return true;
  };
  const { p50Ms, failed } = await drive({ connections: 8, seconds: 0.1, roundTrip });
  expect({ most, failed }).toEqual({ most: 8, failed: 0 });
  expect(p50Ms).toBeGreaterThan(3);
});

test('failures are told and counted apart', async () => {
  let made = 0;
  const roundTrip = async () => {
    await delay(1);
    if (++made % 3 === 0) throw new Error('answered 503');
    return true;
  };
  const driven = await drive({ connections: 1, seconds: 0.1, roundTrip });
  expect(driven.failed).toBeGreaterThan(0);
  expect(driven.firstFailure).toBe('answered 503');
});

test('a gateway that answers nothing right is not measured', async () => {
  const work = { connections: 4, seconds: 5, roundTrip: () => Promise.reject(new Error('refused')) };
  await expect(drive(work)).rejects.toThrow('Most requests fail, so there is nothing to measure: refused');
});

test('a case ends early when there is nothing left to do it with', async () => {
  const startedAt = performance.now();
  await drive({ connections: 2, seconds: 5, roundTrip: () => Promise.resolve(false) });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
