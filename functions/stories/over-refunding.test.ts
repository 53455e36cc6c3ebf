import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../shared/contracts/errors.ts';
import { statement } from '../../shared/database/database.ts';
import { type Gateway, openGateway } from '../../shared/gateway/gateway.ts';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { createRefund } from '../../shared/refunds/create-refund.ts';
import { testCredentials } from '../../shared/testing/knock.ts';
import { ring } from '../../shared/testing/ring.ts';
import { send } from '../../shared/testing/send.ts';
import { aPaidPayment } from '../../shared/testing/shop.ts';
import { startApi, type TestApi } from '../../shared/testing/start-api.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { handler as settleRefund } from '../jobs/settle-refund.ts';

const rivals = 40;
const refused = 'Refund amount exceeds available amount';

describe('forty refunds of 300 at once on a payment of 1000', () => {
  const { env, sql } = useTestGateway({ REFUND_PROCESSING_DELAY: '0' });

  const traces = async (id: string) => {
    const [row] = await sql<{ ids: string[] }>(
      `select p.refund_reserved, p.refund_done, p.status,
              (select array_agg(id) from refunds where payment_id = p.id) as ids,
              (select count(*) from events e where e.payment_id = p.id and e.type = 'refund.created') as told
       from payments p where p.id = $1`,
      [id],
    );
    return row!;
  };

  describe('over HTTP', () => {
    let api: TestApi;
    beforeAll(async () => {
      api = await startApi(env);
    });
    afterAll(() => api.stop());

    test.each(Array.from({ length: 10 }, (_, index) => index + 1))('time %i: exactly three are accepted', async () => {
      const id = await aPaidPayment({ amount: 1_000 });
      const headers = { ...testCredentials, 'content-type': 'application/json' };
      const path = `/api/v1/payments/${id}/refunds`;
      const answers = await Promise.all(
        Array.from({ length: rivals }, () => send(api.url, { method: 'POST', path, headers, body: { amount: 300 } })),
      );
      const accepted = answers.filter(({ status }) => status === 201);
      expect(accepted).toHaveLength(3);
      for (const { status, json } of answers.filter((answer) => answer.status !== 201)) {
        expect([status, json.error.description]).toEqual([400, refused]);
      }
      const { ids, ...rest } = await traces(id);
      expect(rest).toEqual({ refund_reserved: 900, refund_done: 0, status: 'success', told: 3 });
      expect(ids.sort()).toEqual(accepted.map(({ json }) => json.id).sort());
    });
  });

  describe.each(['read committed', 'repeatable read', 'serializable'])('at %s', (level) => {
    let host: Gateway;
    beforeAll(async () => {
      const [row] = await sql<{ name: string }>('select current_database() as name');
      await sql(`alter database "${row!.name}" set default_transaction_isolation to '${level}'`);
      host = openGateway(env);
    });
    afterAll(() => host.close());

    test('exactly three are accepted, and the last 100 can still be refunded', async () => {
      const [shown] = await host.database.rows<{ transaction_isolation: string }>(
        statement('', 'show transaction_isolation'),
      );
      expect(shown).toEqual({ transaction_isolation: level });
      const paymentId = await aPaidPayment({ amount: 1_000 });
      const refund = (amount: number) =>
        createRefund(host, { merchantId: testMerchant.id, paymentId }, { amount, reason: null });
      const ends = await Promise.allSettled(Array.from({ length: rivals }, () => refund(300)));
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
      for (const end of ends) {
        if (end.status === 'fulfilled') continue;
        expect(end.reason).toBeInstanceOf(GatewayError);
        expect(end.reason.message).toBe(refused);
      }
      await refund(100);
      await expect(refund(1)).rejects.toThrow(refused);
      const { ids, ...rest } = await traces(paymentId);
      expect(rest).toMatchObject({ refund_reserved: 1_000, told: 4 });

      await ring(settleRefund, 'settle-refund', ...ids);
      expect(await traces(paymentId)).toMatchObject({ refund_done: 1_000, status: 'refunded' });
    });
  });

  test('the database refuses by itself, whatever a statement asks of it', async () => {
    const id = await aPaidPayment({ amount: 1_000 });
    const raise = 'update payments set refund_reserved = refund_reserved + 300 where id = $1';
    const ends = await Promise.allSettled(Array.from({ length: rivals }, () => sql(raise, [id])));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await sql('select refund_reserved from payments where id = $1', [id])).toEqual([{ refund_reserved: 900 }]);
  });
});
