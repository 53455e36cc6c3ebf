import { beforeAll, describe, expect, test } from '@jest/globals';
import { statement } from '../database/database.ts';
import { testMerchant } from '../merchants/test-merchant.ts';
import { anotherMerchant } from '../testing/another-merchant.ts';
import { idempotencyStoreContract } from '../testing/idempotency-store-contract.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { keyLifeMs } from './idempotency-store.ts';
import { purgeExpiredKeys } from './purge-expired-keys.ts';

describe('with its answers in PostgreSQL', () => {
  const used = useTestGateway();
  let other = '';
  beforeAll(async () => {
    other = (await anotherMerchant(used)).id;
  });

  idempotencyStoreContract('on PostgreSQL', {
    get store() {
      return used.gateway.idempotency;
    },
    get merchantIds() {
      return [testMerchant.id, other] as const;
    },
    commit: (work) => used.database.transaction(work),
    passTime: used.advanceClock,
  });

  const scopeOf = (key: string) => ({ merchantId: testMerchant.id, route: 'POST /things', key });
  const kept = { status: 201, headers: {}, body: '{}' };
  const claimed = async (key: string) => {
    const found = await used.gateway.idempotency.claim(scopeOf(key), 'print');
    if (found.outcome !== 'claimed') throw new Error(`the key is ${found.outcome}`);
    return found.claim;
  };

  test('the answer commits with the work or not at all', async () => {
    const claim = await claimed('rolled back');
    const work = used.database.transaction(async (within) => {
      await used.gateway.idempotency.complete(claim, kept, within);
      throw new Error('the work failed after all');
    });
    await expect(work).rejects.toThrow('the work failed');
    expect(await used.gateway.idempotency.claim(scopeOf('rolled back'), 'print')).toMatchObject({ outcome: 'running' });
  });

  test('a call that was overtaken takes its work back with it', async () => {
    const late = await claimed('overtaken');
    await used.advanceClock(15_000);
    await claimed('overtaken');
    const work = used.database.transaction(async (within) => {
      await within.rows(statement('', `update merchants set name = 'done twice' where id = $1`), [other]);
      await used.gateway.idempotency.complete(late, kept, within);
    });
    await expect(work).rejects.toThrow(/taken over/);
    expect(await used.sql('select name from merchants where id = $1', [other])).toEqual([{ name: 'Another Merchant' }]);
  });

  describe('purging', () => {
    const keys = async () => {
      const rows = await used.sql<{ key: string }>('select key from idempotency_keys order by key');
      return rows.map(({ key }) => key);
    };

    test('takes the keys whose life is over, however many, and no other', async () => {
      await used.sql('delete from idempotency_keys');
      await used.sql(
        `insert into idempotency_keys (merchant_id, route, key, body_hash, claim_token, claimed_until, expires_at)
         select $1, 'POST /things', 'old ' || n, '', gen_random_uuid(), gateway_now(), gateway_now() + interval '1 hour'
         from generate_series(1, 2500) n`,
        [testMerchant.id],
      );
      await claimed('running');
      expect(await purgeExpiredKeys(used.gateway)).toBe(0);
      await used.advanceClock(60 * 60 * 1_000);
      expect(await purgeExpiredKeys(used.gateway)).toBe(2_500);
      expect(await keys()).toEqual(['running']);
      await used.advanceClock(keyLifeMs);
      expect(await purgeExpiredKeys(used.gateway)).toBe(1);
    });

    test('leaves alone a key that is being claimed anew at this moment', async () => {
      await claimed('claimed anew');
      await used.advanceClock(keyLifeMs);
      await used.database.transaction(async (within) => {
        await within.rows(statement('', `select from idempotency_keys where key = 'claimed anew' for update`));
        expect(await purgeExpiredKeys(used.gateway)).toBe(0);
      });
    });
  });
});
