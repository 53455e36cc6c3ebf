import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tmpdir } from 'node:os';
import { type SqsEmulator, startSqs } from '../../shared/testing/sqs-emulator.ts';
import { findQueue } from './find-queue.ts';

const find = (env: NodeJS.ProcessEnv) =>
  findQueue({ env, dataDir: tmpdir(), choosePort: () => Promise.reject(new Error('no port is needed')) });

describe('the queue of npm start', () => {
  const before = { ...process.env };
  let sqs: SqsEmulator;

  beforeAll(async () => {
    sqs = await startSqs();
    Object.assign(process.env, sqs.env);
  });
  afterAll(async () => {
    process.env = before;
    await sqs.stop();
  });

  test('is the database when that is asked for, or when there is nothing else', async () => {
    expect(await find({ QUEUE_BACKEND: 'postgres', REDIS_URL: 'redis://127.0.0.1:1' })).toEqual({
      env: { QUEUE_BACKEND: 'postgres' },
      description: 'BullMQ on PostgreSQL (QUEUE_BACKEND)',
    });
    expect(await find({ PATH: '' })).toEqual({
      env: { QUEUE_BACKEND: 'postgres' },
      description: 'BullMQ on PostgreSQL (no redis-server found)',
    });
  });

  test('is not a Redis that does not answer, and its password is nobody’s business', async () => {
    const away = find({ REDIS_URL: 'redis://:hunter2@127.0.0.1:1' });
    await expect(away).rejects.toThrow(/^REDIS_URL is set to redis:\/\/127\.0\.0\.1:1, but no Redis answers there \(/);
  });

  test('is on SQS when that is asked for and its queues are there', async () => {
    const found = await find({ GATEWAY_MODE: 'sandbox', ...sqs.env });
    const { host } = new URL(sqs.server.address);
    expect(found).toEqual({ env: { QUEUE_BACKEND: 'sqs' }, description: `SQS at ${host} (QUEUE_BACKEND)` });
  });

  test('is not on SQS without a queue of the name, which is said', async () => {
    const url = sqs.queueUrls['settle-refund'].replace('settle-refund', 'settle-refunds');
    const missing = find({ GATEWAY_MODE: 'sandbox', ...sqs.env, SETTLE_REFUND_QUEUE_URL: url });
    await expect(missing).rejects.toThrow(`QUEUE_BACKEND is sqs, but the queue ${url} cannot be asked (`);
  });
});
