import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { claimLeaseMs } from '../../shared/idempotency/idempotency-store.ts';
import { idempotencyStores } from '../../shared/testing/idempotency-stores.ts';
import { type Answered, testCredentials } from '../../shared/testing/knock.ts';
import { type PostgresProxy, startPostgresProxy } from '../../shared/testing/postgres-proxy.ts';
import { send } from '../../shared/testing/send.ts';
import { anOrder, aPaidPayment } from '../../shared/testing/shop.ts';
import { startApi, type TestApi } from '../../shared/testing/start-api.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';

type Post = { path: string; body: unknown };

describe.each(await idempotencyStores())('a request with an Idempotency-Key, on $name, whose host dies', (store) => {
  const { env, sql, advanceClock } = useTestGateway({ ...store.env, REFUND_PROCESSING_DELAY: '60000' });
  let proxy: PostgresProxy;
  /** Reaches the database through the proxy. */
  let frail: TestApi;
  /** What stands there afterwards: the same API, a new process. */
  let next: TestApi;

  const startFrail = async () => {
    frail = await startApi({ ...env, DATABASE_URL: proxy.url });
  };
  beforeAll(async () => {
    proxy = await startPostgresProxy(env.DATABASE_URL!);
    [next] = await Promise.all([startApi(env), startFrail()]);
  });
  afterEach(() => proxy.nextCommit('passes'));
  afterAll(async () => {
    await Promise.all([frail.kill(), next.stop()]);
    await proxy.close();
  });

  const post = (api: TestApi, { path, body }: Post, key: string): Promise<Answered> => {
    const headers = { ...testCredentials, 'content-type': 'application/json', 'idempotency-key': key };
    return send(api.url, { method: 'POST', path, headers, body });
  };
  const countOf = async (table: string) => (await sql<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n;

  const aPayment = async (): Promise<Post> => ({
    path: '/api/v1/payments',
    body: { order_id: await anOrder(), method: 'upi', vpa: 'asha@okbank' },
  });
  const posts: [string, string, () => Promise<Post>][] = [
    ['a payment', 'payments', aPayment],
    [
      'a refund',
      'refunds',
      async () => ({ path: `/api/v1/payments/${await aPaidPayment()}/refunds`, body: { amount: 30_000 } }),
    ],
  ];

  describe.each(posts)('over %s', (_, table, make) => {
    test('after the commit and before the answer: the retry gets the first answer', async () => {
      const [request, key] = [await make(), randomUUID()];
      const before = await countOf(table);
      const killed = new Promise<void>((resolve) =>
        proxy.nextCommit('answer lost', () => void frail.kill().then(resolve)),
      );
      await expect(post(frail, request, key)).rejects.toThrow();
      await killed;
      expect(await countOf(table)).toBe(before + 1);

      const retried = await post(next, request, key);
      expect(retried.status).toBe(201);
      expect(retried.headers['idempotent-replayed']).toBe('true');
      expect(await sql(`select id from ${table} where id = $1`, [retried.json.id])).toHaveLength(1);
      expect(await countOf(table)).toBe(before + 1);
      await startFrail();
    });
  });

  test('before the commit: the retry is told to wait, and then it is done once', async () => {
    const [request, key] = [await aPayment(), randomUUID()];
    const before = await countOf('payments');
    const killed = new Promise<void>((resolve) =>
      proxy.nextCommit('never sent', () => void frail.kill().then(resolve)),
    );
    await expect(post(frail, request, key)).rejects.toThrow();
    await killed;
    const early = await post(next, request, key);
    expect([early.status, early.json]).toEqual([
      409,
      { error: expect.objectContaining({ code: 'IDEMPOTENCY_KEY_IN_USE' }) },
    ]);

    await advanceClock(claimLeaseMs);
    const retried = await post(next, request, key);
    expect([retried.status, retried.headers['idempotent-replayed']]).toEqual([201, undefined]);
    expect(await countOf('payments')).toBe(before + 1);
    await startFrail();
  });

  test('not, but loses its connection after the commit: the retry gets the first answer', async () => {
    const [request, key] = [await aPayment(), randomUUID()];
    const before = await countOf('payments');
    proxy.nextCommit('answer lost');
    const lost = await post(frail, request, key);
    expect([lost.status, lost.json.error.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    const retried = await post(frail, request, key);
    expect([retried.status, retried.headers['idempotent-replayed']]).toEqual([201, 'true']);
    expect(await countOf('payments')).toBe(before + 1);
  });

  test('nobody dies, and fifty come at once: one payment, its bytes for all who are not told to wait', async () => {
    const [request, key] = [await aPayment(), randomUUID()];
    const before = await countOf('payments');
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(next, request, key)));
    const done = answers.filter(({ status }) => status === 201);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    expect([201, 409]).toEqual(expect.arrayContaining(answers.map(({ status }) => status)));
    expect(await countOf('payments')).toBe(before + 1);
  });
});
