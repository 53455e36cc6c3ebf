import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { deadLetterQueueName, queueName } from '../../localstack/aws-resources.ts';
import { readSettings } from '../runtime/settings.ts';
import { emulatorStage, startSqs } from '../testing/sqs-emulator.ts';
import { examineQueue } from './examine-queue.ts';

const sqs = await startSqs();
Object.assign(process.env, sqs.env);
afterAll(() => sqs.stop());

describe('examining queues on SQS', () => {
  afterEach(() => sqs.server.reset());
  const examined = async (env: NodeJS.ProcessEnv = {}) => {
    const found = await examineQueue(readSettings({ GATEWAY_MODE: 'sandbox', ...sqs.env, ...env }));
    return found.map(({ name, level, says }) => `${level} ${name}: ${says}`);
  };

  test('that are well and empty', async () => {
    expect(await examined()).toEqual([
      'ok backend: SQS answers; 0 messages wait or are under way.',
      'ok dead-letters: gateway-test-settle-payment-dlq is empty.',
      'ok dead-letters: gateway-test-settle-refund-dlq is empty.',
      'ok dead-letters: gateway-test-deliver-webhook-dlq is empty.',
    ]);
  });

  test('with messages that wait, and some that nobody could answer', async () => {
    sqs.server.sendMessage(queueName(emulatorStage, 'settle-payment'), 'a', { delaySeconds: 60 });
    sqs.server.sendMessage(queueName(emulatorStage, 'settle-refund'), 'b');
    for (const body of 'cd') sqs.server.sendMessage(deadLetterQueueName(emulatorStage, 'deliver-webhook'), body);
    const found = await examined();
    expect(found[0]).toBe('ok backend: SQS answers; 2 messages wait or are under way.');
    expect(found[3]).toMatch(/^warning dead-letters: 2 messages lie in gateway-test-deliver-webhook-dlq/);
  });

  test('that are not there', async () => {
    const gone = `${sqs.queueUrls['settle-refund']}-gone`;
    expect(await examined({ SETTLE_REFUND_QUEUE_URL: gone })).toEqual([
      expect.stringMatching(/^fault backend: The queues on SQS cannot be asked/),
    ]);
  });
});
