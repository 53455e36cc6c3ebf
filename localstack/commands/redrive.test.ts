import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import type { JobType } from '../../shared/queue/doorbell.ts';
import { emulatorStage, startSqs } from '../../shared/testing/sqs-emulator.ts';
import { deadLetterQueueName, queueName } from '../aws-resources.ts';

const sqs = await startSqs();
afterAll(() => sqs.stop());

type Ended = { status: number; stdout: string; stderr: string };

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const surroundings = {
    PATH,
    HOME,
    ...sqs.env,
    GATEWAY_DATA_DIR: join(import.meta.dirname, 'no-such-folder'),
    ...env,
  };
  return new Promise((resolve) => {
    const script = join(import.meta.dirname, 'redrive.ts');
    execFile(process.execPath, [script, ...args], { env: surroundings }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

describe('npm run redrive', () => {
  afterEach(() => sqs.server.reset());
  const stage = ['--stage', emulatorStage];
  const bury = (type: JobType, body: object | string) =>
    sqs.server.sendMessage(
      deadLetterQueueName(emulatorStage, type),
      typeof body === 'string' ? body : JSON.stringify(body),
    );
  const lying = (name: string) => {
    const { ready, inflight } = sqs.server.inspectQueue(name)!.messages;
    return { ready: ready.map(({ body }) => body), hidden: inflight.length };
  };
  const settle = (...ids: string[]) => ({ v: 1, type: 'settle-payment', ids });

  test('lists what lies there, and leaves it there for the next to see', async () => {
    bury('settle-payment', settle('pay_1', 'pay_2'));
    bury('deliver-webhook', 'hello');
    for (let look = 1; look <= 2; look++) {
      const { status, stdout, stderr } = await run(stage);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(
        new RegExp(
          `gateway-test-settle-payment-dlq: 1 message\\n +pay_1 pay_2 +sent \\d+ s ago, received ${look} time`,
        ),
      );
      expect(stdout).toContain('gateway-test-settle-refund-dlq: empty');
      expect(stdout).toContain('gateway-test-deliver-webhook-dlq: 1 message\n    unreadable: "hello"');
      expect(stdout).toContain('npm run redrive -- --stage test --apply');
      expect(lying(deadLetterQueueName(emulatorStage, 'settle-payment'))).toMatchObject({
        ready: [JSON.stringify(settle('pay_1', 'pay_2'))],
        hidden: 0,
      });
    }
    expect(lying(queueName(emulatorStage, 'settle-payment')).ready).toEqual([]);
  });

  test('--apply moves all back that can be read, each to its own queue', async () => {
    const bodies = Array.from({ length: 23 }, (_, n) => settle(`pay_${n}`));
    for (const body of bodies) bury('settle-payment', body);
    bury('settle-payment', 'hello');
    bury('settle-payment', { v: 2, type: 'settle-payment', ids: ['pay_x'] });
    bury('settle-payment', { v: 1, type: 'settle-refund', ids: ['rfnd_x'] });
    bury('settle-refund', { v: 1, type: 'settle-refund', ids: ['rfnd_1'] });
    const { status, stdout } = await run([...stage, '--apply', '--json']);
    expect(status).toBe(0);
    const { queues } = JSON.parse(stdout);
    expect(queues.map(({ type, moved, letters }: any) => [type, moved, letters.length])).toEqual([
      ['settle-payment', 23, 26],
      ['settle-refund', 1, 1],
      ['deliver-webhook', 0, 0],
    ]);
    expect(queues[1].letters[0]).toEqual({
      message_id: expect.any(String),
      ids: ['rfnd_1'],
      body: '{"v":1,"type":"settle-refund","ids":["rfnd_1"]}',
      age_s: expect.any(Number),
      receives: 1,
    });
    expect(lying(queueName(emulatorStage, 'settle-payment')).ready.sort()).toEqual(
      bodies.map((body) => JSON.stringify(body)).sort(),
    );
    expect(lying(queueName(emulatorStage, 'settle-refund')).ready).toHaveLength(1);
    expect(lying(deadLetterQueueName(emulatorStage, 'settle-payment'))).toMatchObject({ hidden: 0 });
    expect(lying(deadLetterQueueName(emulatorStage, 'settle-payment')).ready).toHaveLength(3);
    expect(lying(deadLetterQueueName(emulatorStage, 'settle-refund'))).toEqual({ ready: [], hidden: 0 });
  });

  test.each([
    [['--stage', 'nowhere'], {}, 1, /^There are no such queues here\. Is it another --stage/],
    [['--stage', 'a/b'], {}, 2, /"a\/b" is not the name of a stage/],
    [['--aply'], {}, 2, /Unknown option '--aply'/],
    [stage, { AWS_REGION: undefined, AWS_CONFIG_FILE: '/dev/null' }, 1, /Set AWS_REGION/],
    [stage, { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1' }, 1, /^SQS does not answer/],
  ])('%j with %j ends with %d and a sentence', async (args, env, status, sentence) => {
    const ended = await run(args, env);
    expect([ended.status, ended.stdout]).toEqual([status, '']);
    expect(ended.stderr).toMatch(sentence);
    expect(ended.stderr).not.toMatch(/\n +at /);
  });

  test('--help says what it does and what it needs', async () => {
    expect((await run(['--help'])).stdout).toContain('npm run redrive -- [--stage dev] [--apply]');
  });
});
