import { afterAll } from '@jest/globals';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { startDynamodb } from './dynamodb-emulator.ts';
import type { TestGateway } from './test-gateway.ts';

export type StoreOfStories = {
  readonly name: string;
  /** What selects it. */
  readonly env: Record<string, string>;
  /** What it keeps of a key, whole. */
  readonly keptOf: (key: string, used: TestGateway) => Promise<Record<string, unknown>[]>;
};

/** The stores a story can run on; DynamoDB is one of this process, for the tests of one file. */
export async function idempotencyStores(): Promise<readonly StoreOfStories[]> {
  const dynamodb = await startDynamodb();
  const client = new DynamoDBClient({});
  afterAll(async () => {
    client.destroy();
    await dynamodb.stop();
  });
  return [
    {
      name: 'PostgreSQL',
      env: { IDEMPOTENCY_STORE: 'postgres' },
      keptOf: (key, { sql }) =>
        sql('select *, body_hash as fingerprint, response as answer from idempotency_keys where key = $1', [key]),
    },
    {
      name: 'DynamoDB',
      env: dynamodb.env,
      keptOf: async (key) => {
        const { Items = [] } = await client.send(new ScanCommand({ TableName: dynamodb.table }));
        const ofKey = Items.filter(({ pk }) => pk?.S?.endsWith(` ${key}`));
        return ofKey.map((item) =>
          Object.fromEntries(Object.entries(item).map(([name, { S, N }]) => [name, S ?? Number(N)])),
        );
      },
    },
  ];
}
