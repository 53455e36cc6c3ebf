import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { handler as createRefund } from '../../functions/http/refunds/create.ts';
import { handler as updateMe } from '../../functions/http/merchants/update-me.ts';
import { knock } from '../testing/knock.ts';
import { manyPayments } from '../testing/shop.ts';
import { startWorker, type TestWorker } from '../testing/start-worker.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { until } from '../testing/until.ts';
import { startHttpReceiver, type TestReceiver } from '../webhooks/outgoing/test-receiver.ts';
import { examineMoney } from './examine-rules.ts';

describe('the rules, while a worker settles payments and refunds and delivers webhooks', () => {
  const tested = useTestGateway({ TEST_PROCESSING_DELAY: '200', REFUND_PROCESSING_DELAY: '100' });
  let receiver: TestReceiver;
  let worker: TestWorker;

  beforeAll(async () => {
    let received = 0;
    receiver = await startHttpReceiver((_, response) => {
      response.statusCode = ++received % 10 === 0 ? 500 : 200;
      response.end();
    });
    await knock(updateMe, { method: 'PUT', body: { webhook_url: `http://127.0.0.1:${receiver.port}/` } });
    worker = await startWorker(tested.env);
  });
  afterAll(async () => {
    await worker.stop();
    await receiver.stop();
  });

  test('hold at every moment', async () => {
    const { sql, database, gateway } = tested;
    let runs = 0;
    let atWork = 0;
    const nonePending = (table: string) =>
      until(`the ${table} have settled`, async () => {
        const open = await sql(`select from ${table} where status = 'pending'`);
        return open.length === 0 || open.length;
      });
    const shop = async () => {
      const ids = await manyPayments(150);
      await nonePending('payments');
      await Promise.all(ids.map((id) => knock(createRefund, { params: { id }, body: { amount: 100 } })));
      await nonePending('refunds');
    };
    const over = new AbortController();
    const shopUntilSeenOften = async () => {
      do await shop();
      while (runs < 20);
    };
    const shopping = shopUntilSeenOften().finally(() => over.abort());
    const seen: string[] = [];
    while (!over.signal.aborted) {
      const findings = await examineMoney(database, gateway.sealer);
      seen.push(...findings.filter(({ level }) => level !== 'ok').map((finding) => JSON.stringify(finding)));
      runs += 1;
      // The worker has its turns, too: a backlog that never ends shows nothing.
      await sleep(25);
      atWork += (await sql(`select from payments where lease_until is not null limit 1`)).length;
    }
    await shopping;
    expect(seen).toEqual([]);
    expect(await sql('select from refunds')).not.toEqual([]);
    process.stderr.write(`examined ${runs} times during work, ${atWork} of them with a payment in hand\n`);
    // Twelve seconds on a machine of its own, which is why it does not run beside others.
  }, 60_000);
});
