import { handler as createOrder } from '../../functions/http/orders/create.ts';
import { handler as capture } from '../../functions/http/payments/capture.ts';
import { handler as createPayment } from '../../functions/http/payments/create.ts';
import { handler as createRefund } from '../../functions/http/refunds/create.ts';
import { handler as retryWebhook } from '../../functions/http/webhooks/retry.ts';
import { handler as testWebhook } from '../../functions/http/webhooks/test.ts';
import { handler as deliver } from '../../functions/jobs/deliver-webhook.ts';
import { handler as settlePayment } from '../../functions/jobs/settle-payment.ts';
import { handler as settleRefund } from '../../functions/jobs/settle-refund.ts';
import type { HttpHandler } from '../http/chains.ts';
import { testMerchant } from '../merchants/test-merchant.ts';
import { knock, testCredentials } from '../testing/knock.ts';
import { ring } from '../testing/ring.ts';
import { anOrder, aPayment } from '../testing/shop.ts';
import { sessionOf } from '../testing/session-of.ts';
import type { TestGateway } from '../testing/test-gateway.ts';
import { startHttpReceiver } from '../webhooks/outgoing/test-receiver.ts';

/** What a gateway has in it after a while, made through its doors: every outcome there is, and something of each still open. */
export async function liveALittle(testGateway: TestGateway): Promise<void> {
  const { sql, gateway, advanceClock } = testGateway;
  const receiver = await startHttpReceiver((request, response) => {
    response.statusCode = request.url === '/ok' ? 200 : 500;
    response.end('heard');
  });
  const listenAt = (path: string) =>
    sql(`update merchants set webhook_url = $1`, [`http://127.0.0.1:${receiver.port}${path}`]);
  const due = async (table: string, column: string) =>
    (await sql<{ id: string }>(`select id from ${table} where status = 'pending' and ${column} <= gateway_now()`)).map(
      ({ id }) => id,
    );
  const work = async () => {
    await ring(settlePayment, 'settle-payment', ...(await due('payments', 'due_at')));
    await ring(settleRefund, 'settle-refund', ...(await due('refunds', 'due_at')));
    await ring(deliver, 'deliver-webhook', ...(await due('webhook_logs', 'next_retry_at')));
  };
  const done = async (handler: HttpHandler, id: string, body: object = {}): Promise<void> => {
    const { status, text } = await knock(handler, { params: { id }, body });
    if (status > 299) throw new Error(`answered with ${status}: ${text}`);
  };

  await sql(
    `insert into merchants (id, name, email, api_key, api_secret, webhook_secret, retired_webhook_secrets, password_hash)
     values ('6ba7b810-9dad-41d1-80b4-00c04fd430c8', 'Other', 'other@example.com', 'key_other', $1, $2, $3, '$argon2id$v=19$x')`,
    [
      gateway.sealer.seal('secret_other_0123456789'),
      gateway.sealer.seal('whsec_other_0123456789'),
      JSON.stringify([{ secret: gateway.sealer.seal('whsec_older_0123456789'), valid_until: '2031-01-01T00:00:00Z' }]),
    ],
  );
  await sessionOf(testGateway, testMerchant.id);
  await listenAt('/ok');
  const orderId = await anOrder();
  await Promise.all([aPayment({ orderId }), aPayment({ orderId })]);
  for (const vpa of ['failure@test', 'insufficient@test', 'success@test']) await aPayment({ vpa });
  const [captured, partly, wholly, refused] = [
    await aPayment(),
    await aPayment(),
    await aPayment(),
    await aPayment({ vpa: 'refundfail@test' }),
  ];
  const card = {
    number: '4111 1111 1111 1111',
    expiry_month: '12',
    expiry_year: '2090',
    cvv: '123',
    holder_name: 'Asha Rao',
  };
  await knock(createPayment, { body: { order_id: await anOrder(), method: 'card', card } });
  await knock(createOrder, { body: { amount: 700 }, headers: { ...testCredentials, 'idempotency-key': 'k-1' } });
  await work();
  await listenAt('/fail');
  await done(capture, captured);
  await done(createRefund, partly, { amount: 20_000 });
  await done(createRefund, wholly, { amount: 50_000 });
  await done(createRefund, refused, { amount: 50_000 });
  for (let attempt = 0; attempt < 6; attempt++) {
    await work();
    await advanceClock(20_000);
  }
  const [failed] = await sql<{ id: string }>(`select id from webhook_logs where status = 'failed' order by id limit 1`);
  await done(retryWebhook, failed?.id ?? '');
  await listenAt('/ok');
  await work();

  await listenAt('/fail');
  await knock(testWebhook);
  await work();
  await done(createRefund, partly, { amount: 10_000 });
  await aPayment({ vpa: 'timeout@test' });
  await advanceClock(120_000);
  await receiver.stop();
  await sql(`update payments set due_at = gateway_now() + interval '1 h' where status = 'pending'`);
  await sql(`update refunds set due_at = gateway_now() + interval '1 h' where status = 'pending'`);
  await sql(`update webhook_logs set next_retry_at = gateway_now() + interval '1 h' where status = 'pending'`);
  await sql(`insert into worker_heartbeats values (gen_random_uuid(), gateway_now() + interval '1 day')`);
}
