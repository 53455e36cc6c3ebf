import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createLog } from '../runtime/log.ts';
import { doorbellContract } from '../testing/doorbell-contract.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { type BullmqTarget, connectBullmq } from './bullmq-connection.ts';
import { bullmqDoorbell } from './bullmq-doorbell.ts';
import { type JobType, jobTypes } from './doorbell.ts';

const log = createLog('silent');

const listenOn = (target: () => BullmqTarget) => async (heard: (type: JobType, message: unknown) => void) => {
  const connection = connectBullmq(target(), 'consumer', log);
  const workers = jobTypes.map((type) => connection.worker(type, async ({ data }) => heard(type, data), {}));
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  return {
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close(true)));
      await connection.close();
    },
  };
};

const redisUrl = process.env.TEST_REDIS_URL;
if (redisUrl === undefined) {
  describe('the doorbell of BullMQ on Redis', () => {
    test.skip('needs a Redis', () => undefined);
  });
} else {
  const target = { backend: 'redis', url: redisUrl, prefix: `test-${randomBytes(6).toString('hex')}` } as const;
  doorbellContract('of BullMQ on Redis', {
    open: () => bullmqDoorbell(target, log),
    openAway: () => bullmqDoorbell({ ...target, url: 'redis://127.0.0.1:1' }, log),
    listen: listenOn(() => target),
  });
}

describe('with its queues in PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  const target = () => ({ backend: 'postgres', url: database.url }) as const;

  doorbellContract('of BullMQ on PostgreSQL', {
    open: () => bullmqDoorbell(target(), log),
    openAway: () => bullmqDoorbell({ backend: 'postgres', url: 'postgres://u:p@127.0.0.1:1/none' }, log),
    listen: listenOn(target),
  });
});
