import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { handler as purgeExpired } from '../../../functions/jobs/purge-expired.ts';
import type { Context } from 'aws-lambda';
import { type Queryable, type Statement, statement } from '../../database/database.ts';
import { sessionOf, unknownToken } from '../../testing/session-of.ts';
import { useTestGateway } from '../../testing/test-gateway.ts';
import { testMerchant } from '../test-merchant.ts';
import { resumeSession } from './resume-session.ts';
import { endSessionsOf, insertSession } from './session-store.ts';
import { csrfTokenOf, hashOfToken, newSessionToken, sessionTokenPattern } from './session-token.ts';

describe('a token', () => {
  test('is 256 bits that are never the same twice', () => {
    const tokens = Array.from({ length: 100 }, newSessionToken);
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(token).toMatch(RegExp(`^${sessionTokenPattern}$`));
    expect(Buffer.from(tokens[0]!.slice(5), 'base64url')).toHaveLength(32);
  });

  test('is stored as its SHA-256, and the page gets something that says nothing of either', () => {
    const token = newSessionToken();
    expect(hashOfToken(token)).toEqual(createHash('sha256').update(token).digest());
    expect(csrfTokenOf(token)).toMatch(/^[\w-]{43}$/);
    expect([token.slice(5), hashOfToken(token).toString('base64url')]).not.toContain(csrfTokenOf(token));
    expect(csrfTokenOf(token)).not.toBe(csrfTokenOf(newSessionToken()));
  });
});

describe('the table of sessions', () => {
  const testGateway = useTestGateway();
  const { sql, advanceClock } = testGateway;
  const resume = (token: string) => resumeSession(testGateway.database, token);
  /** A row that was written has another place. */
  const places = () => sql('select ctid::text, last_seen_at, expires_at from dashboard_sessions order by token_hash');

  test('is written at most once a minute, however many requests there are', async () => {
    const { token } = await sessionOf(testGateway, testMerchant.id);
    const before = await places();
    await Promise.all(Array.from({ length: 10 }, () => resume(token)));
    await advanceClock(59_000);
    await resume(token);
    expect(await places()).toEqual(before);

    await advanceClock(1_000);
    const written: number[] = [];
    let found = 0;
    const { promise: allFound, resolve } = Promise.withResolvers<unknown>();
    const watched: Queryable = {
      rows: async <Row extends object>(asked: Statement, values?: readonly unknown[]) => {
        const rows = await testGateway.database.rows<Row>(asked, values);
        if (asked.name === 'touch-session') written.push(rows.length);
        // All have read before the first writes.
        else if (++found === 10) resolve('all');
        await allFound;
        return rows;
      },
    };
    const seen = await Promise.all(Array.from({ length: 10 }, () => resumeSession(watched, token)));
    // Who comes second to the writing is signed in all the same.
    expect(seen.map((session) => session?.merchant.id)).toEqual(Array(10).fill(testMerchant.id));
    expect(seen.every((session) => session?.expiresAt instanceof Date)).toBe(true);
    expect(written.toSorted()).toEqual([...Array<number>(9).fill(0), 1]);
    const after = await places();
    expect(after).not.toEqual(before);
    await resume(token);
    expect(await places()).toEqual(after);
  });

  test('gets no session while its merchant gets another password', async () => {
    const tokenHash = hashOfToken(newSessionToken());
    let inserting: Promise<Date | undefined> | undefined;
    await testGateway.database.transaction(async (transaction) => {
      const change = statement('', `update merchants set password_hash = '$argon2id$x' where id = $1`);
      await transaction.rows(change, [testMerchant.id]);
      await endSessionsOf(transaction, testMerchant.id);
      // A sign-in with the old password, after the sessions were ended and before that is there for others to see.
      inserting = insertSession(testGateway.database, { tokenHash, merchantId: testMerchant.id, passwordHash: null });
      await Promise.race([inserting, delay(200)]);
    });
    expect(await inserting).toBeUndefined();
    expect(await sql('select from dashboard_sessions where token_hash = $1', [tokenHash])).toEqual([]);
    await sql('update merchants set password_hash = null');
  });

  test('refuses what is no hash', async () => {
    const insert = `insert into dashboard_sessions (token_hash, merchant_id, expires_at) values ($1, $2, gateway_now())`;
    await expect(sql(insert, [Buffer.from(unknownToken()), testMerchant.id])).rejects.toThrow('token_hash_check');
  });

  test('is purged of what has expired, and of nothing else', async () => {
    await sql('delete from dashboard_sessions');
    const live = await sessionOf(testGateway, testMerchant.id);
    await sql(
      `insert into dashboard_sessions (token_hash, merchant_id, expires_at)
       select sha256(n::text::bytea), $1, gateway_now() - interval '1 s' from generate_series(1, 2500) n`,
      [testMerchant.id],
    );
    await purgeExpired({}, {} as Context);
    expect(await sql('select token_hash from dashboard_sessions')).toEqual([{ token_hash: hashOfToken(live.token) }]);
  });
});
