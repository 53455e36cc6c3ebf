import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { leastInitCpuMs } from '../../localstack/aws/lambda-runtime/least-init-cpu-ms.ts';
import { type RunningTestMerchant, startTestMerchant } from '../../localstack/test-merchant/start-test-merchant.ts';
import { useAwsStage } from '../../shared/testing/aws-stage.ts';
import { duePaymentsLike } from '../../shared/testing/due-payments-like.ts';
import { until } from '../../shared/testing/until.ts';

/*
 * What `serverless package` makes, run as Lambda runs it: the zips behind a Runtime API, frozen between invocations, with
 * API Gateway's and SQS's events, on emulated queues and an emulated table, and each with no more rights than its role.
 */
describe('the packaged service', () => {
  const aws = useAwsStage({
    WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
    TEST_PROCESSING_DELAY: '0',
    REFUND_PROCESSING_DELAY: '0',
    WEBHOOK_RETRY_INTERVALS_TEST: '1,1,1,1',
  });
  const { call, becomes, sql } = aws;
  let merchant: RunningTestMerchant;

  beforeAll(async () => {
    merchant = await startTestMerchant({ port: 0, secret: 'whsec_test_abc123' });
    const set = await call('PUT', '/api/v1/merchants/me', { webhook_url: `${merchant.url}/webhook` });
    expect(set.json.webhook_url).toBe(`${merchant.url}/webhook`);
  });
  afterAll(() => merchant.close());

  const pay = async (headers = {}) => {
    const order = await call('POST', '/api/v1/orders', { amount: 50_000 });
    expect(order.status).toBe(201);
    const card = { number: '4111 1111 1111 1111', expiry_month: 12, expiry_year: 2040, cvv: '987', holder_name: 'A' };
    const body = { order_id: order.json.id, method: 'card', card };
    return { body, answer: await call('POST', '/api/v1/payments', body, headers) };
  };
  const refused = () => aws.account.calls.filter(({ isAllowed }) => !isAllowed);

  test('pays, refunds and delivers', async () => {
    const { answer } = await pay();
    expect(answer.status).toBe(201);
    await becomes(`/api/v1/payments/${answer.json.id}`, 'success');
    const refund = await call('POST', `/api/v1/payments/${answer.json.id}/refunds`, { amount: 20_000 });
    await becomes(`/api/v1/refunds/${refund.json.id}`, 'processed');
    await until('five webhooks arrive', async () => merchant.deliveries().length === 5 || merchant.deliveries());
    expect(
      merchant
        .deliveries()
        .map(({ event, verified }) => `${event} ${verified}`)
        .sort(),
    ).toEqual([
      'payment.created true',
      'payment.pending true',
      'payment.success true',
      'refund.created true',
      'refund.processed true',
    ]);
  });

  test('a repeated request gets the first answer, from the table', async () => {
    const headers = { 'idempotency-key': 'once' };
    const { body, answer } = await pay(headers);
    const repeated = await call('POST', '/api/v1/payments', body, headers);
    expect(repeated.headers['idempotent-replayed']).toBe('true');
    expect([repeated.status, repeated.text]).toEqual([answer.status, answer.text]);
    expect((await call('POST', '/api/v1/payments', { ...body, more: 1 }, headers)).status).toBe(422);
    const used = aws.account.calls.filter(({ by }) => by === 'KEY-OF-createPayment').map(({ action }) => action);
    expect(used).toEqual(expect.arrayContaining(['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:GetItem']));
    await becomes(`/api/v1/payments/${answer.json.id}`, 'success');
  });

  test('a webhook that failed comes again, and again when it is asked for', async () => {
    await call('PUT', '/api/v1/merchants/me', { webhook_url: `${merchant.url}/webhook/flaky?n=1` });
    const sent = await call('POST', '/api/v1/webhooks/test');
    expect(sent.status).toBe(202);
    const latest = async () => (await call('GET', '/api/v1/webhooks?limit=1')).json.data[0];
    await until('the second attempt succeeds', async () => {
      const { status, attempts } = await latest();
      return (status === 'success' && attempts === 2) || { status, attempts };
    });
    const { id } = await latest();
    expect((await call('POST', `/api/v1/webhooks/${id}/retry`)).status).toBe(200);
    await until('it is delivered anew', async () => (await latest()).attempts === 1 || (await latest()));
    await call('PUT', '/api/v1/merchants/me', { webhook_url: null });
  });

  test('a poisoned message ends in the dead letters, and holds up nobody', async () => {
    const url = aws.stack.queueUrls.get('SettlePaymentQueue');
    const send = (MessageBody: string) =>
      aws.account.sqs.send({ target: 'AmazonSQS.SendMessage', input: { QueueUrl: url, MessageBody } });
    const poisons = ['poison', '{"v":2}'];
    await Promise.all(poisons.map(send));
    const { answer } = await pay();
    await becomes(`/api/v1/payments/${answer.json.id}`, 'success');
    const deadLetters = aws.stack.queueUrls.get('SettlePaymentDeadLetters');
    const input = { QueueUrl: deadLetters, MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
    await until(
      'both are dead letters, and nothing else is',
      async () => {
        const { Messages = [] }: { Messages?: { Body: string }[] } = await aws.account.sqs.send({
          target: 'AmazonSQS.ReceiveMessage',
          input,
        });
        const bodies = Messages.map(({ Body }) => Body).sort();
        return isDeepStrictEqual(bodies, poisons.toSorted()) || bodies;
      },
      25_000,
    );
  }, 40_000);

  test('every schedule can be called, and nothing so far was refused by a role', async () => {
    expect([...aws.stack.scheduled].sort()).toEqual(['purgeExpired', 'sweep']);
    for (const name of aws.stack.scheduled) await aws.stack.invoke(name, { 'detail-type': 'Scheduled Event' });
    expect((await call('GET', '/api/v1/test/jobs/status')).json).toMatchObject({ worker_status: 'running' });
    expect(refused()).toEqual([]);
  });

  test('without the right to ring a payment is taken all the same, and the sweeper settles it', async () => {
    const key = 'KEY-OF-createPayment';
    const rights = aws.account.roles.get(key) ?? [];
    aws.account.roles.set(
      key,
      rights.filter(({ Action }) => !Action.includes('sqs:SendMessage')),
    );
    const { answer } = await pay();
    aws.account.roles.set(key, rights);
    expect(answer.status).toBe(201);
    expect(refused().map(({ by, action }) => `${by} ${action}`)).toContain(`${key} sqs:SendMessage`);
    await aws.stack.invoke('sweep');
    await becomes(`/api/v1/payments/${answer.json.id}`, 'success');
  });

  test('the pages and the errors are the API’s own', async () => {
    expect((await call('GET', '/openapi.json')).json.openapi).toMatch(/^3\.1/);
    expect((await call('GET', '/docs')).text).toContain('swagger-ui');
    expect((await call('GET', '/docs/swagger-ui-bundle.js')).text.length).toBeGreaterThan(1_000_000);
    expect((await call('GET', '/api/v1/nothing')).json.error.code).toBe('NOT_FOUND_ERROR');
    const preflight = await call('OPTIONS', '/api/v1/payments/public', undefined, { origin: 'https://shop.example' });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, '*']);
    const own = await call('GET', '/api/v1/orders', undefined, {
      origin: 'https://checkoutdistribution.cloudfront.test',
    });
    expect(own.headers['access-control-allow-origin']).toBe('https://checkoutdistribution.cloudfront.test');
  });

  // Linux says of a process what it is doing.
  (process.platform === 'linux' ? test : test.skip)('an idle function is frozen', async () => {
    const states = () =>
      [...aws.stack.functions.values()]
        .flatMap(({ idlePids }) => idlePids)
        .map((pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0]);
    expect(states().length).toBeGreaterThan(10);
    // Between its answer and its next question a function still runs for a moment.
    await until('all are stopped', async () => states().every((state) => state === 'T') || states());
  });

  test('what they log are lines of JSON, without a card', () => {
    const lines = [...aws.stack.functions.values()].flatMap((one) => one.lines);
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !line.startsWith('{') || typeof JSON.parse(line) !== 'object')).toEqual([]);
    // The code as a value of its own: an id may end in these digits.
    const cardData = /4111 ?1111 ?1111 ?1111|(?<![\w-])987\\?"/;
    expect(['{"cvv":"987"}', '{"body":"{\\"cvv\\":\\"987\\"}"}'].every((line) => cardData.test(line))).toBe(true);
    expect(lines.filter((line) => cardData.test(line))).toEqual([]);
  });

  test.each([
    ['createPayment', 150],
    ['listPayments', 150],
    ['settlePayment', 60],
    ['sweep', 60],
  ])(
    '%s is loaded with less than %i ms of a processor',
    async (name, limitMs) => {
      expect(await leastInitCpuMs(aws.stack.functions.get(name)!, limitMs)).toBeLessThan(limitMs);
    },
    60_000,
  );

  // Under load a doorbell carries 25; one each is what the quietest traffic has, and what costs most.
  test.each([
    [300, 25],
    [150, 1],
  ])(
    '%i payments a second are settled, with %i of them to a message',
    async (leastPerSecond, perMessage) => {
      const count = perMessage * 10 * Math.floor(3_000 / (perMessage * 10));
      const { answer } = await pay();
      await becomes(`/api/v1/payments/${answer.json.id}`, 'success');
      const ids = await duePaymentsLike(sql, answer.json, count);
      const QueueUrl = aws.stack.queueUrls.get('SettlePaymentQueue');
      const messages = Array.from({ length: count / perMessage }, (_, n) => ({
        Id: String(n % 10),
        MessageBody: JSON.stringify({
          v: 1,
          type: 'settle-payment',
          ids: ids.slice(n * perMessage, (n + 1) * perMessage),
        }),
      }));
      const startedAt = performance.now();
      for (let at = 0; at < messages.length; at += 10) {
        const Entries = messages.slice(at, at + 10);
        await aws.account.sqs.send({ target: 'AmazonSQS.SendMessageBatch', input: { QueueUrl, Entries } });
      }
      await until(
        'all are settled',
        async () => {
          const [row] = await sql<{ left: number }>(`select count(*) as left from payments where status = 'pending'`);
          return row?.left === 0 || row;
        },
        25_000,
      );
      const perSecond = (count * 1_000) / (performance.now() - startedAt);
      process.stderr.write(`settled on SQS, ${perMessage} to a message: ${Math.round(perSecond)} a second\n`);
      expect(perSecond).toBeGreaterThan(leastPerSecond);
    },
    60_000,
  );

  test('no bundle has the local queue in it', () => {
    for (const name of aws.stack.functions.keys()) {
      const code = readFileSync(join(aws.taskFolder, name, 'index.mjs'), 'utf8');
      // As a boolean: nobody wants to read a bundle in a report.
      expect([name, /moveToActive|maxRetriesPerRequest/.test(code)]).toEqual([name, false]);
    }
  });
});
