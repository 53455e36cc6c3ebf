import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type DeployedStack, deployStack } from '../../localstack/aws/lambda-runtime/deployed-stack.ts';
import { type EmulatedAccount, startAccount } from '../../localstack/aws/lambda-runtime/emulated-account.ts';
import { packageService } from '../../localstack/aws/package-service.ts';
import { connectDatabase, type Database, statement } from '../database/database.ts';
import { createLog } from '../runtime/log.ts';
import type { Answered } from './knock.ts';
import { testCredentials } from './knock.ts';
import { createEmptyDatabase, type TestDatabase } from './test-database.ts';
import { until } from './until.ts';

export type AwsStage = {
  readonly stack: DeployedStack;
  readonly account: EmulatedAccount;
  /** Where the zips are unpacked, a folder each. */
  readonly taskFolder: string;
  /** Asks the deployed API over HTTP, as the test merchant. */
  readonly call: (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Answered>;
  /** Waits until what is at an address has a status. */
  readonly becomes: (path: string, status: string) => Promise<void>;
  readonly sql: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
};

/** What the dashboard's distribution and the API know of each other. */
export const edgeSecret = 'only-cloudfront-and-the-api-know-this';

/** SQS hides a message for 90 s there; a test has no time for that. */
const queueProperties = { VisibilityTimeout: 1 };

/** The stage dev, packaged and deployed on emulators. Its functions are the zips, its database is new and migrated by them. */
export function useAwsStage(env: Readonly<Record<string, string>> = {}): AwsStage {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'gateway-aws-'));
  const taskFolder = join(folder, 'task');
  let account: EmulatedAccount;
  let test: TestDatabase;
  let database: Database | undefined;
  let stack: DeployedStack | undefined;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    [account, test] = await Promise.all([startAccount(), createEmptyDatabase()]);
    account.parameters.set('/gateway/dev/database-url', test.url);
    account.parameters.set('/gateway/dev/sealing-keys', `k1:${Buffer.alloc(32, 7).toString('base64')}`);
    account.parameters.set('/gateway/dev/edge-secret', edgeSecret);
    const packageFolder = await packageService('dev', join(folder, 'service'));
    stack = await deployStack(account, { packageFolder, taskFolder, queueProperties, env });
    await stack.invoke('migrate');
    database = connectDatabase({ url: test.url, poolSize: 2, log: createLog('silent') });
  }, 180_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.close();
    await account.stop();
    await test.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const call: AwsStage['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${stack?.api.url ?? ''}${path}`, {
      method,
      headers: { ...testCredentials, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    const json = isJson ? JSON.parse(text) : undefined;
    return { status: response.status, headers: Object.fromEntries(response.headers), text, json };
  };

  return {
    get stack() {
      if (stack === undefined) throw new Error('nothing is deployed yet');
      return stack;
    },
    get account() {
      return account;
    },
    taskFolder,
    call,
    becomes: (path, status) =>
      until(
        `${path} becomes ${status}`,
        async () => {
          const { json } = await call('GET', path);
          return json.status === status || json;
        },
        20_000,
      ),
    sql: async (text, values = []) => (await database?.rows(statement('', text), values)) ?? [],
  };
}
