import { afterAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Queryable } from '../database/database.ts';
import { startDynamodb } from '../testing/dynamodb-emulator.ts';
import { idempotencyStoreContract } from '../testing/idempotency-store-contract.ts';
import { dynamodbClient } from './dynamodb-client.ts';
import { dynamodbIdempotencyStore } from './dynamodb-store.ts';
import type { Finished, FinishedWork } from './finished-work.ts';
import { claimLeaseMs, ClaimLost, keyLifeMs, type KeptAnswer, type KeyScope } from './idempotency-store.ts';

const dynamodb = await startDynamodb();
const client = dynamodbClient();
afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});

let nowMs = 1_900_000_000_123;
const clock = async () => nowMs;
const passTime = async (ms: number) => void (nowMs += ms);
const nameOf = ({ merchantId, route, key }: KeyScope) => [merchantId, route, key].join();

/** What the rows of PostgreSQL know, where a row lasts as long as its key. */
function rowsInMemory(): FinishedWork & { forget(): void } {
  const rows = new Map<string, Finished & { atMs: number }>();
  const find = (scope: KeyScope) => {
    const row = rows.get(nameOf(scope));
    return row !== undefined && row.atMs > nowMs - keyLifeMs ? row : undefined;
  };
  return {
    mark: async (scope, finished) => {
      if (find(scope) !== undefined) throw new ClaimLost('taken over, and done');
      rows.set(nameOf(scope), { ...finished, atMs: nowMs });
    },
    find: async (scope) => {
      const { fingerprint, answer } = find(scope) ?? {};
      return fingerprint === undefined || answer === undefined ? undefined : { fingerprint, answer };
    },
    forget: () => rows.clear(),
  };
}

const transaction = {} as Queryable;
const finished = rowsInMemory();
const storeOn = (on: DynamoDBClient = client) =>
  dynamodbIdempotencyStore({ client: on, table: dynamodb.table, clock, finished });
const store = storeOn();

idempotencyStoreContract('on DynamoDB', {
  store,
  merchantIds: [randomUUID(), randomUUID()],
  commit: (work) => work(transaction),
  passTime,
});

describe('with its answers in DynamoDB', () => {
  const answer: KeptAnswer = { status: 201, headers: { 'Content-Type': 'text/plain' }, body: '{"id":"pay_1"}' };
  const aScope = () => ({ merchantId: randomUUID(), route: 'POST /things', key: 'k' });
  const claimed = async (scope: KeyScope, fingerprint = 'print', by = store) => {
    const found = await by.claim(scope, fingerprint);
    if (found.outcome !== 'claimed') throw new Error(`the key is ${found.outcome}`);
    return found.claim;
  };
  const stored = async (scope: KeyScope) => {
    const pk = { S: `${scope.merchantId} ${scope.route} ${scope.key}` };
    return (await client.send(new GetItemCommand({ TableName: dynamodb.table, Key: { pk } }))).Item;
  };

  describe('a host that dies between the commit and the answer', () => {
    test('leaves a row that answers the next call, at once', async () => {
      const scope = aScope();
      await store.complete(await claimed(scope), answer, transaction);
      const kept = { outcome: 'kept', fingerprint: 'print', answer };
      expect(await store.claim(scope, 'print')).toEqual(kept);
      await passTime(claimLeaseMs);
      expect(await store.claim(scope, 'other')).toEqual(kept);
    });

    test('and its answer is put away by who finds it', async () => {
      const scope = aScope();
      await store.complete(await claimed(scope), answer, transaction);
      await passTime(claimLeaseMs);
      await store.claim(scope, 'other');
      finished.forget();
      expect(await store.claim(scope, 'print')).toEqual({ outcome: 'kept', fingerprint: 'print', answer });
    });

    test('or frees its key because it heard nothing of the commit, changes nothing', async () => {
      const scope = aScope();
      const claim = await claimed(scope);
      await store.complete(claim, answer, transaction);
      await store.release(claim);
      expect(await store.claim(scope, 'print')).toMatchObject({ outcome: 'kept', answer });
    });
  });

  test('of two calls that both still run, one commits', async () => {
    const scope = aScope();
    const late = await claimed(scope);
    await store.release(late);
    const living = await claimed(scope);
    await store.complete(living, answer, transaction);
    await expect(store.complete(late, answer, transaction)).rejects.toThrow(ClaimLost);
  });

  test('an item lives a day in seconds, for DynamoDB to delete, and nothing waits for that', async () => {
    const scope = aScope();
    const claim = await claimed(scope);
    const item = await stored(scope);
    expect(Number(item!['expires_at']!.N)).toBe(Math.ceil((nowMs + keyLifeMs) / 1_000));
    expect(Number(item!['free_at']!.N)).toBe(nowMs + claimLeaseMs);
    await store.complete(claim, answer, transaction);
    expect(await stored(scope)).toEqual(item);
    await store.confirm(claim, answer);
    expect(Number((await stored(scope))!['free_at']!.N)).toBe(nowMs + keyLifeMs);
    await passTime(keyLifeMs);
    expect(await stored(scope)).toBeDefined();
    await claimed(scope, 'a day later');
  });

  test('an answer too large for an item is answered from its row', async () => {
    const scope = aScope();
    const large = { ...answer, body: JSON.stringify({ id: 'pay_1', text: 'x'.repeat(410_000) }) };
    const claim = await claimed(scope);
    await store.complete(claim, large, transaction);
    await expect(store.confirm(claim, large)).rejects.toThrow(/size/i);
    expect(await store.claim(scope, 'print')).toEqual({ outcome: 'kept', fingerprint: 'print', answer: large });
  });

  test('a claim whose answer was lost on the way is recognised when the SDK tries again', async () => {
    let puts = 0;
    // Hands every request on, and hangs up in place of the first answer to a PutItem.
    const forgetful = createServer((request, response) => void pass(request, response));
    const pass = async (request: IncomingMessage, response: ServerResponse) => {
      const isPut = String(request.headers['x-amz-target']).endsWith('.PutItem');
      const headers = Object.entries(request.headers).filter(([name]) =>
        /^(x-amz|content-type|authorization)/.test(name),
      );
      const body = await text(request);
      const answered = await fetch(dynamodb.endpoint, {
        method: 'POST',
        headers: Object.fromEntries(headers) as Record<string, string>,
        body,
      });
      if (isPut && puts++ === 0) request.socket.destroy();
      else response.writeHead(answered.status).end(await answered.text());
    };
    await new Promise<void>((resolve) => forgetful.listen(0, '127.0.0.1', resolve));
    const through = dynamodbClient(`http://127.0.0.1:${(forgetful.address() as AddressInfo).port}`);
    try {
      await claimed(aScope(), 'print', storeOn(through));
      expect(puts).toBe(2);
    } finally {
      through.destroy();
      forgetful.close();
    }
  });

  test('that is away begins nothing and says to try again', async () => {
    const away = storeOn(dynamodbClient('http://127.0.0.1:1'));
    await expect(away.claim(aScope(), 'print')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});
