import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import type { JobHandler } from '../../shared/jobs/chains.ts';
import type { JobType } from '../../shared/queue/doorbell.ts';
import { aPayment } from '../../shared/testing/shop.ts';
import { emulatorStage, startSqs } from '../../shared/testing/sqs-emulator.ts';
import { hostSqsJobs } from '../../localstack/worker/host-sqs-jobs.ts';
import { every } from '../../localstack/worker/every.ts';
import { createLog } from '../../shared/runtime/log.ts';
import { deadLetterQueueName, queue, queueName } from '../../localstack/aws-resources.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';
import { handler as deliverWebhook } from '../jobs/deliver-webhook.ts';
import { handler as settlePayment } from '../jobs/settle-payment.ts';
import { handler as settleRefund } from '../jobs/settle-refund.ts';
import { handler as sweep } from '../jobs/sweep.ts';

const sqs = await startSqs({ VisibilityTimeout: '1' });
afterAll(() => sqs.stop());

describe('with the queues on SQS', () => {
  const { sql } = useTestGateway({ ...sqs.env, SWEEP_HORIZON: '60000', TEST_PROCESSING_DELAY: '500' });
  const handlers: Record<JobType, JobHandler> = {
    'settle-payment': settlePayment,
    'settle-refund': settleRefund,
    'deliver-webhook': deliverWebhook,
  };
  /** How often each message was handed to a door, by its id. */
  const handed = new Map<string, number>();
  /** What was handed to a door, message by message. */
  const bodies: string[] = [];
  let host: { close(): Promise<void> } | undefined;
  const counting =
    (handler: JobHandler): JobHandler =>
    (event, context) => {
      for (const { messageId, body } of event.Records) {
        handed.set(messageId, (handed.get(messageId) ?? 0) + 1);
        bodies.push(body);
      }
      return handler(event, context);
    };

  beforeAll(() => {
    const counted = Object.entries(handlers).map(([type, handler]) => [type, counting(handler)]);
    const all = Object.fromEntries(counted) as Record<JobType, JobHandler>;
    host = hostSqsJobs(sqs.queueUrls, all, createLog('silent'));
  });
  afterAll(() => host?.close());

  const statusOf = async (id: string) =>
    (await sql<{ status: string }>('select status from payments where id = $1', [id]))[0]!.status;
  const settled = (id: string, withinMs = 10_000) =>
    until('the payment settles', async () => (await statusOf(id)) === 'success' || (await statusOf(id)), withinMs);
  /** Sweeps as the schedule does until `work` is done: a bell may be given up on a busy machine, the sweeper's too. */
  const whileSwept = async <T>(work: Promise<T>): Promise<T> => {
    const timer = every(1_000, () => sweep({}, {} as Context), createLog('silent'));
    try {
      return await work;
    } finally {
      timer.stop();
    }
  };
  const deadLetters = (type: JobType) =>
    sqs.server.inspectQueue(deadLetterQueueName(emulatorStage, type))!.messages.ready;
  const waiting = (type: JobType) => {
    const { ready, delayed, inflight } = sqs.server.inspectQueue(queueName(emulatorStage, type))!.messages;
    return ready.length + delayed.length + inflight.length;
  };

  test('a payment settles when it is due, by its own bell', async () => {
    const ids = [await aPayment(), await aPayment(), await aPayment()];
    // Nobody sweeps here. On a busy machine a bell may be given up for its caller's sake; not all of them are.
    await Promise.any(ids.map((id) => settled(id, 5_000)));
  });

  test('the sweep rings for a row whose bell was lost', async () => {
    const id = await aPayment();
    sqs.server.reset();
    await sql(`update payments set due_at = gateway_now() - interval '2 s' where id = $1`, [id]);
    await whileSwept(settled(id));
  });

  test('a message that fails comes again alone, and after enough tries it is a dead letter', async () => {
    // Cursed from the beginning: on a busy machine the next statement may come after the payment has settled.
    await sql(`create function curse() returns trigger language plpgsql as $$ begin
      if new.vpa = 'cursed@okbank' then raise exception 'cursed' using errcode = 'check_violation'; end if; return new; end $$`);
    await sql('create trigger curse before update on payments for each row execute function curse()');
    const [bad, good] = [await aPayment({ vpa: 'cursed@okbank' }), await aPayment()];
    // Both in one message, or in two that come together.
    const isRung = () => Promise.resolve(bodies.some((body) => body.includes(bad)));
    await whileSwept(Promise.all([settled(good), until('the bad one is rung for', isRung)]));
    const standing = async () => ({
      status: await statusOf(bad),
      waiting: waiting('settle-payment'),
      times: [...handed],
    });
    await until(
      'it is a dead letter',
      async () => deadLetters('settle-payment').length > 0 || (await standing()),
      20_000,
    );
    await until('nothing waits', async () => waiting('settle-payment') === 0, 20_000);
    for (const { body, messageId } of deadLetters('settle-payment')) {
      expect(JSON.parse(body).ids).toContain(bad);
      expect(handed.get(messageId)).toBe(queue.maxReceiveCount);
    }
    expect([await statusOf(bad), await statusOf(good)]).toEqual(['pending', 'success']);
    await sql('drop function curse cascade');
    sqs.server.reset();
  }, 60_000);

  /** No JSON; a type, and a version, that nobody knows yet; for another queue; without ids. */
  const unreadable = [
    'hello',
    '{"v":1,"type":"make-coffee","ids":["a"]}',
    '{"v":2,"type":"settle-payment","ids":["a"]}',
    '{"v":1,"type":"settle-refund","ids":["a"]}',
    '{"v":1,"type":"settle-payment","ids":[]}',
  ];

  test('messages that cannot be read end as dead letters, where somebody sees them, and hold nobody up', async () => {
    for (const body of unreadable) sqs.server.sendMessage(queueName(emulatorStage, 'settle-payment'), body);
    const id = await aPayment();
    await whileSwept(settled(id));
    await until('they are dead letters', async () => deadLetters('settle-payment').length === 5, 20_000);
    const letters = deadLetters('settle-payment');
    expect(letters.map(({ body }) => body).sort()).toEqual(unreadable.toSorted());
    for (const { messageId } of letters) expect(handed.get(messageId)).toBe(queue.maxReceiveCount);
  }, 40_000);
});
