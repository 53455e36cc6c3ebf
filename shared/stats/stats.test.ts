import { beforeAll, describe, expect, test } from '@jest/globals';
import { handler as getStats } from '../../functions/http/stats/get.ts';
import { stats, type StatsRange } from '../contracts/stats.ts';
import { newId } from '../ids/new-id.ts';
import { testMerchant } from '../merchants/test-merchant.ts';
import { anotherMerchant } from '../testing/another-merchant.ts';
import { knock } from '../testing/knock.ts';
import { useTestGateway } from '../testing/test-gateway.ts';

type Made = { at: Date; status: string; currency: string; amount: number; done: number };

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const zones = ['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'];

describe('GET /stats', () => {
  const testGateway = useTestGateway();
  const { sql, advanceClock } = testGateway;
  const made: Made[] = [];
  let now: Date;

  const ask = async (query: Record<string, string> = {}, headers?: Record<string, string>) => {
    const { status, json } = await knock(getStats, { method: 'GET', query, ...(headers && { headers }) });
    expect(status).toBe(200);
    return stats.parse(json);
  };

  beforeAll(async () => {
    // A moment some days after the clocks went back in Europe and America, so that the ranges reach over both nights.
    const [clock] = await sql<{ ahead: number }>(
      `select extract(epoch from date_trunc('year', gateway_now()) + interval '1 year 312 days 10 hours 7 minutes' - gateway_now())::float as ahead`,
    );
    await advanceClock(Math.round(clock!.ahead * 1_000));
    [{ now }] = (await sql<{ now: Date }>('select gateway_now() as now')) as [{ now: Date }];
    const statuses = ['pending', 'success', 'failed', 'partially_refunded', 'refunded', 'success', 'success'];
    const pick = <T>(all: readonly T[]) => all[Math.floor(Math.random() * all.length)]!;
    for (let index = 0; index < 3_000; index++) {
      // A third in the last day, a third in the last month, the rest before; some at full hours of the day.
      const age = Math.random() * pick([1, 31, 70]) * dayMs;
      const at = new Date(now.getTime() - age);
      if (index % 5 === 0) at.setUTCMinutes(pick([0, 15, 30, 45]), 0, 0);
      if (at > now) at.setUTCHours(at.getUTCHours() - 1);
      const [status, amount] = [pick(statuses), 100 + Math.floor(Math.random() * 1e9)];
      const part = { refunded: amount, partially_refunded: Math.ceil(amount / 3) }[status] ?? 0;
      made.push({ at, status, currency: pick(['INR', 'INR', 'USD', 'JPY']), amount, done: part });
    }
    await insert(testMerchant.id, made);
    const other = await anotherMerchant(testGateway, { webhookUrl: 'http://127.0.0.1:9/' });
    await insert(other.id, made.slice(0, 100));
  });

  async function insert(merchantId: string, payments: readonly Made[]) {
    const column = (name: keyof Made) => payments.map((payment) => payment[name]);
    const orders = payments.map(() => newId('order'));
    await sql(
      `insert into orders (id, merchant_id, amount, currency) select *  from unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[])`,
      [orders, orders.map(() => merchantId), column('amount'), column('currency')],
    );
    await sql(
      `insert into payments (id, order_id, merchant_id, amount, currency, method, vpa, acquirer_reference, status,
                             holds_charge, error_code, due_at, refund_reserved, refund_done, created_at)
       select i, o, $3, a, c, 'upi', 'a@b', 'x', s, s not in ('pending', 'failed'),
              case when s = 'failed' then 'PAYMENT_FAILED' end, case when s = 'pending' then gateway_now() + interval '1 h' end, d, d, at
       from unnest($1::text[], $2::text[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::timestamptz[]) p (i, o, a, c, s, d, at)`,
      [
        payments.map(() => newId('pay')),
        ...[orders, merchantId, column('amount'), column('currency'), column('status'), column('done'), column('at')],
      ],
    );
  }

  /** Counted one by one, from what was put in. */
  function recount(payments: readonly Made[]) {
    const is = (...statuses: string[]) => payments.filter(({ status }) => statuses.includes(status));
    const good = is('success', 'partially_refunded', 'refunded');
    const [failed, pending] = [is('failed').length, is('pending').length];
    const ended = good.length + failed;
    const sum = (all: readonly Made[], of: 'amount' | 'done') => all.reduce((total, one) => total + one[of], 0);
    const currencies = [...new Set(good.map(({ currency }) => currency))].sort();
    return {
      payments: payments.length,
      successful: good.length,
      failed,
      pending,
      success_rate:
        // In whole tenths, where a half stays a half: 83.55 is less than that in floating point.
        ended === 0 ? null : Math.floor((2_000 * good.length + ended) / (2 * ended)) / 10,
      amounts: currencies.map((currency) => {
        const own = good.filter((payment) => payment.currency === currency);
        return { currency, collected: sum(own, 'amount'), refunded: sum(own, 'done') };
      }),
    };
  }

  test.each(
    zones.flatMap((zone) => (['24h', '7d', '30d'] as const).map((range): [string, StatsRange] => [zone, range])),
  )('in %s, %s: every number is what a recount of the rows gives', async (time_zone, range) => {
    const answer = await ask({ range, time_zone });
    const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: time_zone, dateStyle: 'short' });
    const [from, to] = [new Date(answer.from), new Date(answer.to)];
    const since = made.filter(({ at }) => at >= from);
    const before = made.filter(({ at }) => at < from && at.getTime() >= 2 * from.getTime() - to.getTime());
    expect(answer.all_time).toEqual(recount(made));
    expect(answer.in_range).toEqual(recount(since));
    expect(answer.in_range_before).toEqual(recount(before));
    expect(since.length).toBeGreaterThan(500);
    expect(before.length).toBeGreaterThan(20);

    for (const [index, point] of answer.series.entries()) {
      // Days by the calendar of the place, hours by the clock.
      const own =
        range === '24h'
          ? since.filter(
              ({ at }) => at >= new Date(point.from) && at.getTime() < Date.parse(point.from) + 60 * minuteMs,
            )
          : since.filter(({ at }) => calendar.format(at) === calendar.format(new Date(point.from)));
      const { payments, successful, failed, amounts } = recount(own);
      const amount = amounts.find(({ currency }) => currency === 'INR')?.collected ?? 0;
      expect({ index, ...point }).toEqual({
        index,
        from: point.from,
        to: point.to,
        payments,
        successful,
        failed,
        amount,
      });
      expect(point.to).toBe(answer.series[index + 1]?.from ?? answer.to);
    }
    const total = (name: 'payments' | 'successful') => answer.series.reduce((sum, point) => sum + point[name], 0);
    expect([total('payments'), total('successful')]).toEqual([answer.in_range.payments, answer.in_range.successful]);
  });

  test('seven days of UTC are asked for when nothing is said', async () => {
    const answer = await ask();
    expect([answer.range, answer.series.length]).toEqual(['7d', 7]);
    expect(answer.series[6]?.from.slice(10)).toBe('T00:00:00.000Z');
    expect(Date.parse(answer.to) - now.getTime()).toBeLessThanOrEqual(10 * minuteMs);
  });

  test('a merchant without payments gets noughts, and no rate', async () => {
    const { credentials } = await anotherMerchant(testGateway);
    const answer = await ask({}, credentials);
    const none = { payments: 0, successful: 0, failed: 0, pending: 0, success_rate: null, amounts: [] };
    expect([answer.all_time, answer.in_range, answer.in_range_before]).toEqual([none, none, none]);
    expect(answer.needs_attention.map(({ kind }) => kind)).toEqual(['no_worker', 'no_webhook_url']);
  });

  test.each([
    [{ range: '1y' }, /^range must be one of 24h, 7d, 30d$/],
    ...['Mars/Olympus', '+05:30', '', 'Asia/Kolkata\u0000', "UTC'", '__proto__'].map(
      (time_zone) => [{ time_zone }, /^time_zone must/] as const,
    ),
  ])('%j is refused', async (query, says) => {
    const { status, json } = await knock(getStats, { method: 'GET', query });
    expect([status, json.error.description]).toEqual([400, expect.stringMatching(says)]);
  });

  describe('needs attention', () => {
    const kinds = async () => {
      const { needs_attention } = await ask();
      return Object.fromEntries(needs_attention.map((item) => [item.kind, item]));
    };

    test('a worker, a webhook URL and nothing overdue are no news', async () => {
      await sql(`insert into worker_heartbeats values (gen_random_uuid(), gateway_now() + interval '1 min')`);
      await sql(`update merchants set webhook_url = 'http://127.0.0.1:9/webhook'`);
      expect((await ask()).needs_attention).toEqual([]);
    });

    test('what is overdue, failed or given up is, each since its oldest', async () => {
      const overdue = new Date(now.getTime() - 90_000);
      await sql(
        `with few as (select id from payments where status = 'pending' and merchant_id = $1 order by id limit 3)
         update payments p set due_at = $2::timestamptz - case when p.id = (select min(id) from few) then interval '1 h' else interval '0' end
         from few where p.id = few.id`,
        [testMerchant.id, overdue],
      );
      const paid = `(select id from payments where status = 'success' and merchant_id = $1 limit 1)`;
      const refund = (status: string, at: Date) =>
        sql(
          `insert into refunds (id, payment_id, merchant_id, amount, status, error_code, due_at, created_at)
           values ($2, ${paid}, $1, 1, $3, case when $3 = 'failed' then 'REFUND_FAILED' end, case when $3 = 'pending' then $4::timestamptz end, $4)`,
          [testMerchant.id, newId('rfnd'), status, at],
        );
      await refund('failed', overdue);
      await refund('failed', new Date(now.getTime() - 60 * dayMs));
      await refund('pending', overdue);
      const event = newId('evt');
      await sql(`insert into events values ($1, $2, 'webhook.test', null, null, 0, '{}', gateway_now())`, [
        event,
        testMerchant.id,
      ]);
      await sql(
        `insert into webhook_logs (id, merchant_id, event_id, event, payload, url, status, last_attempt_at)
         values (gen_random_uuid(), $1, $2, 'webhook.test', '{}', 'x', 'failed', $3)`,
        [testMerchant.id, event, overdue],
      );
      await sql('delete from worker_heartbeats');
      const since = overdue.toISOString();
      expect(await kinds()).toEqual({
        no_worker: { kind: 'no_worker', count: 1, since: null },
        payments_overdue: {
          kind: 'payments_overdue',
          count: 3,
          since: new Date(overdue.getTime() - 60 * minuteMs).toISOString(),
        },
        refunds_overdue: { kind: 'refunds_overdue', count: 1, since },
        refunds_failed: { kind: 'refunds_failed', count: 1, since },
        webhooks_failed: { kind: 'webhooks_failed', count: 1, since },
      });
    });
  });
});
