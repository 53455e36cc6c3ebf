import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Queryable } from '../database/database.ts';
import {
  claimLeaseMs,
  type ClaimOutcome,
  type IdempotencyStore,
  keyLifeMs,
  type KeptAnswer,
  type KeyClaim,
  type KeyScope,
} from '../idempotency/idempotency-store.ts';

/** What a store needs around it to be examined. */
export type StoreUnderTest = {
  readonly store: IdempotencyStore;
  /** Two merchants the store knows. */
  readonly merchantIds: readonly [string, string];
  /** Runs a commit of some work; a store that does not commit with the work ignores what it is handed. */
  commit(work: (within: Queryable) => Promise<void>): Promise<void>;
  passTime(ms: number): Promise<void>;
};

const answer: KeptAnswer = {
  status: 201,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: '{"id":"pay_1","text":"é \\u0000 \\" \ud83d\ude00","big":999999999999}',
};

/** Every implementation of the port passes this. `under` is read inside the tests, when there is something to read. */
export function idempotencyStoreContract(name: string, under: StoreUnderTest): void {
  const aScope = (): KeyScope => ({ merchantId: under.merchantIds[0], route: 'POST /things', key: randomUUID() });
  const claimed = async (scope: KeyScope, fingerprint = 'print'): Promise<KeyClaim> => {
    const found = await under.store.claim(scope, fingerprint);
    if (found.outcome !== 'claimed') throw new Error(`the key is ${found.outcome}`);
    return found.claim;
  };
  const complete = async (claim: KeyClaim, kept = answer) => {
    await under.commit((within) => under.store.complete(claim, kept, within));
    await under.store.confirm(claim, kept);
  };
  const outcomes = (found: readonly ClaimOutcome[], wanted: ClaimOutcome['outcome']) =>
    found.filter(({ outcome }) => outcome === wanted);

  describe(`the idempotency store ${name}`, () => {
    test('gives a new key to one caller, and tells the next that it is running', async () => {
      const scope = aScope();
      expect(await claimed(scope)).toMatchObject(scope);
      expect(await under.store.claim(scope, 'other')).toEqual({ outcome: 'running', fingerprint: 'print' });
    });

    test('gives it to one of fifty at once', async () => {
      for (let round = 0; round < 5; round++) {
        const scope = aScope();
        const found = await Promise.all(Array.from({ length: 50 }, () => under.store.claim(scope, 'print')));
        expect(outcomes(found, 'claimed')).toHaveLength(1);
        expect(outcomes(found, 'running')).toHaveLength(49);
      }
    });

    test('gives back the answer it was handed, to the byte', async () => {
      const scope = aScope();
      await complete(await claimed(scope));
      expect(await under.store.claim(scope, 'other')).toEqual({ outcome: 'kept', fingerprint: 'print', answer });
    });

    test.each([
      ['merchant', () => ({ merchantId: under.merchantIds[1] })],
      ['route', () => ({ route: 'POST /others' })],
      ['key', () => ({ key: randomUUID() })],
    ])('takes the same letters under another %s for another key', async (_, change) => {
      const scope = aScope();
      await complete(await claimed(scope));
      expect(await under.store.claim({ ...scope, ...change() }, 'print')).toMatchObject({ outcome: 'claimed' });
    });

    test('takes keys that differ in case, or by a space within, for different keys', async () => {
      const scope = { ...aScope(), key: `Key ${randomUUID()}` };
      await complete(await claimed(scope));
      await claimed({ ...scope, key: scope.key.toLowerCase() });
      await claimed({ ...scope, key: scope.key.replace(' ', '  ') });
    });

    test('holds a key of 255 characters', async () => {
      const scope = { ...aScope(), key: randomUUID().padEnd(255, '~') };
      await complete(await claimed(scope));
      expect(await under.store.claim(scope, 'print')).toMatchObject({ outcome: 'kept' });
    });

    test('frees a key that is released', async () => {
      const scope = aScope();
      await under.store.release(await claimed(scope));
      await claimed(scope, 'other');
    });

    test('does not free a key whose answer is kept', async () => {
      const scope = aScope();
      const claim = await claimed(scope);
      await complete(claim);
      await under.store.release(claim);
      expect(await under.store.claim(scope, 'print')).toMatchObject({ outcome: 'kept', answer });
    });

    test('keeps an answer for 24 hours and no longer', async () => {
      const scope = aScope();
      await complete(await claimed(scope));
      await under.passTime(keyLifeMs - 60_000);
      expect(await under.store.claim(scope, 'print')).toMatchObject({ outcome: 'kept' });
      await under.passTime(60_000);
      const again = await claimed(scope, 'other');
      expect(await under.store.claim(scope, 'print')).toEqual({ outcome: 'running', fingerprint: 'other' });
      await complete(again, { ...answer, body: '{}' });
      expect(await under.store.claim(scope, 'other')).toMatchObject({ outcome: 'kept', answer: { body: '{}' } });
    });

    test('gives a key that is free again to one of fifty at once, and none of them hears of what it stood for', async () => {
      for (const [round, msUntilFree] of [keyLifeMs, claimLeaseMs, keyLifeMs, claimLeaseMs, keyLifeMs].entries()) {
        const scope = aScope();
        const old = await claimed(scope, 'old');
        if (msUntilFree === keyLifeMs) await complete(old);
        await under.passTime(msUntilFree);
        const found = await Promise.all(Array.from({ length: 50 }, () => under.store.claim(scope, `new ${round}`)));
        expect(outcomes(found, 'claimed')).toHaveLength(1);
        const others = found.filter(({ outcome }) => outcome !== 'claimed');
        expect(others).toEqual(Array(49).fill({ outcome: 'running', fingerprint: `new ${round}` }));
      }
    });

    describe('whose first call died', () => {
      test('gives the key away when its claim has ended, and not before', async () => {
        const scope = aScope();
        await claimed(scope);
        await under.passTime(claimLeaseMs - 1_000);
        expect(await under.store.claim(scope, 'print')).toMatchObject({ outcome: 'running' });
        await under.passTime(1_000);
        await claimed(scope);
      });

      test('lets the late first call neither keep an answer, nor free the key, nor touch the kept answer', async () => {
        const scope = aScope();
        const late = await claimed(scope);
        await under.passTime(claimLeaseMs);
        const living = await claimed(scope);

        await expect(complete(late, { ...answer, body: '"late"' })).rejects.toThrow(/taken over/);
        await under.store.release(late);
        expect(await under.store.claim(scope, 'print')).toMatchObject({ outcome: 'running' });

        await complete(living);
        await expect(complete(late, { ...answer, body: '"late"' })).rejects.toThrow(/taken over/);
        await under.store.release(late);
        expect(await under.store.claim(scope, 'print')).toMatchObject({ outcome: 'kept', answer });
      });

      test('lets a call that was slow but not overtaken keep its answer', async () => {
        const scope = aScope();
        const slow = await claimed(scope);
        await under.passTime(claimLeaseMs * 2);
        await complete(slow);
        expect(await under.store.claim(scope, 'print')).toMatchObject({ outcome: 'kept' });
      });
    });

    test('keeps an answer once', async () => {
      const scope = aScope();
      const claim = await claimed(scope);
      await complete(claim);
      await expect(complete(claim, { ...answer, body: '"second"' })).rejects.toThrow();
      expect(await under.store.claim(scope, 'print')).toMatchObject({ answer });
    });
  });
}
