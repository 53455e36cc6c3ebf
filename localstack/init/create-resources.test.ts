import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jobTypes } from '../../shared/queue/doorbell.ts';
import {
  deadLetterQueue,
  deadLetterQueueOf,
  functionTimeoutSeconds,
  idempotencyTable,
  jobs,
} from '../aws-resources.ts';
import { queue, queueOf, tableOf } from '../aws-resources.ts';

const run = promisify(execFile);
const stage = 'staging';
const arnOf = (name: string) => `arn:aws:sqs:ap-south-1:000000000000:${name}`;

/** Writes down how it was called, and answers what the script asks for. */
const awslocal = `#!${process.execPath}
const args = process.argv.slice(2);
require('node:fs').appendFileSync(process.env.CALLS, JSON.stringify([process.env.AWS_DEFAULT_REGION, ...args]) + '\\n');
const value = (name) => args[args.indexOf(name) + 1];
if (args[1] === 'create-queue') console.log('http://localhost:4566/000000000000/' + value('--queue-name'));
if (args[1] === 'get-queue-attributes') console.log('arn:aws:sqs:ap-south-1:000000000000:' + value('--queue-url').split('/').pop());
`;

describe("LocalStack's init script", () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-awslocal-'));
  let calls: string[][] = [];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    writeFileSync(join(folder, 'awslocal'), awslocal);
    chmodSync(join(folder, 'awslocal'), 0o755);
    const script = join(import.meta.dirname, 'ready.d', 'create-resources.sh');
    const env = { PATH: `${folder}:${process.env.PATH ?? ''}`, CALLS: join(folder, 'calls'), STAGE: stage };
    await run(script, [], { env });
    calls = readFileSync(env.CALLS, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as string[]);
  });

  const made = (verb: string) => calls.filter(([, , called]) => called === verb);
  const value = (call: string[], option: string) => call[call.indexOf(option) + 1]!;

  test('creates the queues of every job and their dead-letter queues, as the list of resources has them', () => {
    const queues = made('create-queue').map((call) => ({
      name: value(call, '--queue-name'),
      attributes: JSON.parse(value(call, '--attributes')),
    }));
    const wanted = jobTypes.flatMap((type) => {
      const letters = deadLetterQueueOf(stage, type);
      return [letters, queueOf(stage, type, arnOf(letters.name))];
    });
    expect(queues).toEqual(wanted);
  });

  test('creates the table, and has it forget what is over', () => {
    const [table] = made('create-table');
    const { TableName, AttributeDefinitions, KeySchema, BillingMode } = tableOf(stage);
    expect(value(table!, '--table-name')).toBe(TableName);
    expect(value(table!, '--billing-mode')).toBe(BillingMode);
    const [{ AttributeName, AttributeType }] = AttributeDefinitions as [(typeof AttributeDefinitions)[number]];
    expect(value(table!, '--attribute-definitions')).toBe(
      `AttributeName=${AttributeName},AttributeType=${AttributeType}`,
    );
    expect(value(table!, '--key-schema')).toBe(`AttributeName=${AttributeName},KeyType=${KeySchema[0]!.KeyType}`);
    const [ttl] = made('update-time-to-live');
    expect(value(ttl!, '--table-name')).toBe(TableName);
    expect(value(ttl!, '--time-to-live-specification')).toBe(
      `Enabled=true,AttributeName=${idempotencyTable.timeToLiveAttribute}`,
    );
  });

  test('makes all of it in the region of serverless.yml', () => {
    expect(new Set(calls.map(([region]) => region))).toEqual(new Set(['ap-south-1']));
  });
});

describe('the list of resources', () => {
  test('has a queue for every job', () => {
    expect(jobs).toEqual(jobTypes);
  });

  test('gives a function six times its time before its message comes again', () => {
    const serverless = readFileSync(join(import.meta.dirname, '..', '..', 'serverless.yml'), 'utf8');
    expect(serverless).toMatch(/^  timeout: \$\{file\(localstack\/aws-resources\.json\):functionTimeoutSeconds\}$/m);
    expect(queue.visibilityTimeoutSeconds).toBeGreaterThanOrEqual(6 * functionTimeoutSeconds);
  });

  test('keeps a dead letter longer than a message, whose age it goes on counting', () => {
    expect(deadLetterQueue.messageRetentionSeconds).toBe(14 * 24 * 3_600);
    expect(queue.messageRetentionSeconds).toBeLessThan(deadLetterQueue.messageRetentionSeconds);
    // In the worst case a message is received this often, each time until it is visible again.
    expect(queue.messageRetentionSeconds).toBeGreaterThan(queue.maxReceiveCount * queue.visibilityTimeoutSeconds + 900);
  });
});
