import { describe, expect, test } from '@jest/globals';
import { useTestGateway } from '../testing/test-gateway.ts';
import { gatewayNow } from './clock.ts';

const hourMs = 3_600_000;

describe('the one clock', () => {
  const here = useTestGateway();

  test('is the world’s until it is moved, and then ahead by as much', async () => {
    expect(Math.abs((await gatewayNow(here.database)).getTime() - Date.now())).toBeLessThan(5_000);
    await here.advanceClock(hourMs);
    await here.advanceClock(hourMs);
    const aheadMs = (await gatewayNow(here.database)).getTime() - Date.now();
    expect(Math.abs(aheadMs - 2 * hourMs)).toBeLessThan(5_000);
  });

  test('stands still within a transaction', async () => {
    const [first, second] = await here.database.transaction(async (transaction) => {
      const earlier = await gatewayNow(transaction);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [earlier, await gatewayNow(transaction)];
    });
    expect(second).toEqual(first);
  });

  test('gives rows their times', async () => {
    await here.sql('update gateway_clock set offset_ms = $1', [1_000 * hourMs]);
    const [row] = await here.sql<{ created_at: Date }>(
      `insert into merchants (id, name, email, api_key, api_secret, webhook_secret)
       values (gen_random_uuid(), 'Late', 'late@example.com', 'key_late', '', '') returning created_at`,
    );
    const aheadMs = row!.created_at.getTime() - Date.now();
    expect(Math.abs(aheadMs - 1_000 * hourMs)).toBeLessThan(5_000);
  });
});
