import { beforeAll, describe, expect, test } from '@jest/globals';
import { fill } from '../../localstack/commands/seed/fill.ts';
import { queues } from '../../shared/contracts/operations.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { type AnotherMerchant, anotherMerchant } from '../../shared/testing/another-merchant.ts';
import { makeBelongings } from '../../shared/testing/belongings.ts';
import { knock, testCredentials } from '../../shared/testing/knock.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as getQueues } from '../http/operations/get-queues.ts';

describe('GET /queues', () => {
  const testGateway = useTestGateway({ DASHBOARD_ORIGIN: 'https://dashboard.example' });
  const { sql } = testGateway;
  let other: AnotherMerchant;

  beforeAll(async () => {
    await fill(testGateway.gateway, { payments: 800, seed: 9 }, () => undefined);
    other = await anotherMerchant(testGateway, { webhookUrl: 'http://127.0.0.1:9/webhook' });
    await makeBelongings(testGateway, other.credentials);
    // Nothing becomes due while the tests ask. Something is overdue, held, and failed, of both.
    for (const [table, due] of [
      ['payments', 'due_at'],
      ['refunds', 'due_at'],
      ['webhook_logs', 'next_retry_at'],
    ])
      await sql(
        `update ${table} set ${due} = greatest(${due}, gateway_now()) + interval '1 h' where status = 'pending'`,
      );
    await sql(
      `update payments set due_at = gateway_now() - interval '70 s' where id in (select min(id) from payments where status = 'pending')`,
    );
    await sql(
      `update webhook_logs set next_retry_at = gateway_now() - interval '60 s'
       where id::text in (select min(id::text) from webhook_logs where status = 'pending')`,
    );
    await sql(
      `update payments set lease_until = gateway_now() + interval '1 min'
       where id in (select max(id) from payments where status = 'pending' group by merchant_id)`,
    );
    await sql(
      `update webhook_logs set status = 'failed', next_retry_at = null, last_attempt_at = gateway_now() where merchant_id = $1`,
      [other.id],
    );
  }, 60_000);

  const ask = async (headers: Record<string, string> = testCredentials) => {
    const { status, json } = await knock(getQueues, { method: 'GET', headers });
    expect(status).toBe(200);
    expect(queues.parse(json)).toEqual(json);
    return queues.parse(json);
  };

  type Work = {
    type: string;
    id: string;
    merchant_id: string;
    status: string;
    due: Date | null;
    lease: Date | null;
    now: Date;
  };
  const everything = () =>
    sql<Work>(
      `select *, gateway_now() as now from (
         select 'settle_payment' as type, id, merchant_id, status, due_at as due, lease_until as lease from payments
         union all select 'settle_refund', id, merchant_id, status, due_at, lease_until from refunds
         union all select 'deliver_webhook', id::text, merchant_id, status, next_retry_at, lease_until from webhook_logs
       ) w`,
    );

  /** Counted one by one. */
  const recount = (all: readonly Work[]) =>
    ['settle_payment', 'settle_refund', 'deliver_webhook'].map((type) => {
      const own = all.filter((work) => work.type === type);
      const open = own.filter(({ status }) => status === 'pending');
      const isHeld = ({ lease, now }: Work) => lease !== null && lease > now;
      const late = open.filter((work) => !isHeld(work) && work.due! <= work.now);
      const failed = type === 'settle_payment' ? [] : own.filter(({ status }) => status === 'failed');
      return {
        type,
        pending: open.filter((work) => !isHeld(work)).length,
        processing: open.filter(isHeld).length,
        completed: own.length - open.length - failed.length,
        failed: failed.length,
        isWaiting: late.length > 0,
      };
    });
  const counted = (jobs: Awaited<ReturnType<typeof ask>>['jobs']) =>
    jobs.map(({ oldest_waiting_seconds: seconds, ...job }) => ({ ...job, isWaiting: seconds !== null }));

  test("an operator sees everybody's work", async () => {
    const answer = await ask();
    const all = await everything();
    expect(answer.scope).toBe('all');
    expect(counted(answer.jobs)).toEqual(recount(all));
    const due = all.filter(({ status }) => status === 'pending').sort((a, b) => Number(a.due) - Number(b.due));
    expect(answer.due_next.map(({ due_at }) => due_at)).toEqual(
      due.slice(0, 10).map(({ due: at }) => at!.toISOString()),
    );
    expect(answer.failed).toHaveLength(
      Math.min(20, all.filter(({ type, status }) => type !== 'settle_payment' && status === 'failed').length),
    );
    expect(answer.failed.some(({ id }) => all.some((work) => work.id === id && work.merchant_id === other.id))).toBe(
      true,
    );
    // An operator sees what failed of others, and is told that it is not theirs to retry.
    const ownerOf = (id: string) => all.find((work) => work.id === id)?.merchant_id;
    for (const { id, is_own } of answer.failed)
      expect({ id, is_own }).toEqual({ id, is_own: ownerOf(id) === testMerchant.id });
    const times = answer.failed.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().reverse());
    expect(answer.board_url).toBe('https://dashboard.example/queues-board');
  });

  test('anybody else sees their own, and not one id of another', async () => {
    const answer = await ask(other.credentials);
    const all = await everything();
    expect([answer.scope, answer.board_url]).toEqual(['own', null]);
    expect(counted(answer.jobs)).toEqual(recount(all.filter(({ merchant_id }) => merchant_id === other.id)));
    const foreign = all.filter(({ merchant_id }) => merchant_id === testMerchant.id).map(({ id }) => id);
    const shown = [...answer.due_next, ...answer.failed].map(({ id }) => id);
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.filter((id) => foreign.includes(id))).toEqual([]);
    // Also when there is nothing of their own to show instead.
    const { credentials } = await anotherMerchant(testGateway);
    const none = await ask(credentials);
    expect([
      none.due_next,
      none.failed,
      none.jobs.every((job) => job.pending + job.processing + job.completed + job.failed === 0),
    ]).toEqual([[], [], true]);
  });

  test('who is an operator no more sees their own again', async () => {
    await sql('update merchants set is_operator = false where id = $1', [testMerchant.id]);
    const answer = await ask();
    expect(answer.scope).toBe('own');
    expect(counted(answer.jobs)).toEqual(
      recount((await everything()).filter(({ merchant_id }) => merchant_id === testMerchant.id)),
    );
    await sql('update merchants set is_operator = true where id = $1', [testMerchant.id]);
  });

  test('what failed says why, and how long the oldest has waited is in seconds', async () => {
    const { failed, jobs } = await ask();
    expect(failed.map(({ error }) => error)).toEqual(
      expect.arrayContaining([expect.stringMatching(/answered with 500|timed out|refused|no attempt/)]),
    );
    const refund = failed.find(({ type }) => type === 'settle_refund');
    if (refund !== undefined) expect(refund.error).toMatch(/could not return the money/);
    expect(Math.max(...jobs.map(({ oldest_waiting_seconds: seconds }) => seconds ?? 0))).toBeGreaterThanOrEqual(70);
  });

  test('the workers are those that report in', async () => {
    expect((await ask()).worker).toEqual({ status: 'stopped', last_seen_at: null, workers: 0 });
    await sql(
      `insert into worker_heartbeats values (gen_random_uuid(), gateway_now()), (gen_random_uuid(), gateway_now() - interval '1 h')`,
    );
    const { worker } = await ask();
    expect(worker).toMatchObject({ status: 'running', workers: 1 });
    expect(Date.now() - Date.parse(worker.last_seen_at!)).toBeLessThan(60_000);
  });
});
