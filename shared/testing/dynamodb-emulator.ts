import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { tableName, tableOf } from '../../localstack/aws-resources.ts';
import { dynamodbClient } from '../idempotency/dynamodb-client.ts';
import { emulatorCredentials, emulatorStage } from './sqs-emulator.ts';
import { until } from './until.ts';

export type DynamodbEmulator = {
  /** What a process needs to find this table: the SDK's variables and the gateway's. */
  readonly env: Record<string, string>;
  readonly endpoint: string;
  readonly table: string;
  stop(): Promise<void>;
};

/** The gateway's table on a DynamoDB of this process. */
export async function startDynamodb(): Promise<DynamodbEmulator> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { ...emulatorCredentials, AWS_ENDPOINT_URL_DYNAMODB: endpoint };
  Object.assign(process.env, env);
  const client = dynamodbClient(endpoint);
  const table = tableName(emulatorStage);
  await client.send(new CreateTableCommand(tableOf(emulatorStage)));
  await until('the table is there', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    return Table?.TableStatus === 'ACTIVE';
  });
  client.destroy();
  return {
    env: { ...env, IDEMPOTENCY_STORE: 'dynamodb', IDEMPOTENCY_TABLE: table },
    endpoint,
    table,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
