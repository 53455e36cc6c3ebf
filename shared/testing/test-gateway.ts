import { afterAll, beforeAll } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { type Database, statement } from '../database/database.ts';
// The gateway loads its queue beside the first request, and loading takes longer here than anywhere else.
import '../queue/bullmq-doorbell.ts';
import { closeTheGateway, type Gateway, theGateway } from '../gateway/gateway.ts';
import { seedTestMerchant } from '../merchants/test-merchant.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

export type TestGateway = {
  readonly gateway: Gateway;
  readonly database: Database;
  /** The environment this gateway was opened with, for processes beside it. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs any SQL and answers its rows. For tests only. */
  readonly sql: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** Moves the one clock forward, for every host of this database at once. */
  readonly advanceClock: (ms: number) => Promise<void>;
};

/** The backends a story can run on: every machine has PostgreSQL, Redis is there where it is installed. */
export const queueBackends =
  process.env.TEST_REDIS_URL === undefined ? (['postgres'] as const) : (['redis', 'postgres'] as const);

/**
 * A sandbox gateway for the tests of one file: a database of its own with the test merchant in it, and queues of its
 * own. It is the process's gateway, so doors called in the test use it. Use it at the top of a describe block.
 */
export function useTestGateway(env: NodeJS.ProcessEnv = {}): TestGateway {
  let database: TestDatabase | undefined;
  let before: NodeJS.ProcessEnv = {};
  const own: NodeJS.ProcessEnv = {};

  beforeAll(async () => {
    database = await createTestDatabase();
    Object.assign(own, sandbox, queueOf(env.QUEUE_BACKEND), { DATABASE_URL: database.url }, env);
    before = { ...process.env };
    Object.assign(process.env, own);
    await seedTestMerchant(theGateway(), null);
  });

  afterAll(async () => {
    await closeTheGateway();
    for (const name of Object.keys(own)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
    await database?.drop();
  });

  const sql = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    theGateway().database.rows<Row>(statement('', text), values);
  return {
    get gateway() {
      return theGateway();
    },
    get database() {
      return theGateway().database;
    },
    env: own,
    sql,
    advanceClock: async (ms) => {
      await sql('update gateway_clock set offset_ms = offset_ms + $1', [ms]);
    },
  };
}

const sandbox = {
  GATEWAY_MODE: 'sandbox',
  SEED_TEST_MERCHANT: 'true',
  TEST_MODE: 'true',
  TEST_PROCESSING_DELAY: '0',
  WEBHOOK_RETRY_INTERVALS_TEST: 'true',
  LOG_LEVEL: 'silent',
  // As npm start has them: tests knock more often than any merchant.
  RATE_LIMIT_MERCHANT: '600000',
  RATE_LIMIT_PUBLIC_IP: '600000',
  RATE_LIMIT_PUBLIC_ORDER: '600000',
  RATE_LIMIT_LOGIN: '600000',
  RATE_LIMIT_WRONG_CREDENTIALS: '600000',
};

function queueOf(backend: string | undefined): NodeJS.ProcessEnv {
  if (backend === 'sqs') return {};
  const redisUrl = process.env.TEST_REDIS_URL;
  if (backend === 'postgres' || redisUrl === undefined) return { QUEUE_BACKEND: 'postgres' };
  return { QUEUE_BACKEND: 'redis', REDIS_URL: redisUrl, QUEUE_PREFIX: `test-${randomBytes(6).toString('hex')}` };
}
