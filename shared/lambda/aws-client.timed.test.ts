import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as sdkDynamodb from '@aws-sdk/client-dynamodb';
import * as sdkSqs from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDynamodb } from '../testing/dynamodb-emulator.ts';
import { startSqs } from '../testing/sqs-emulator.ts';
import { undisturbed } from '../testing/undisturbed.ts';
import { AwsError } from './aws-answer.ts';
import { AwsClient } from './aws-client.ts';
import * as ourDynamodb from './dynamodb.ts';
import * as ourSqs from './sqs.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const region = 'ap-south-1';

/** What stands in the bundles must be taken for the SDK, so both get the same questions. */
const clients = [
  ['the SDK', sdkDynamodb, sdkSqs],
  ['ours', ourDynamodb as unknown as typeof sdkDynamodb, ourSqs as unknown as typeof sdkSqs],
] as const;

describe.each(clients)('%s', (_name, dynamodb, sqs) => {
  let tables: Awaited<ReturnType<typeof startDynamodb>>;
  let queues: Awaited<ReturnType<typeof startSqs>>;
  beforeAll(async () => {
    [tables, queues] = await Promise.all([startDynamodb(), startSqs()]);
  });
  afterAll(() => Promise.all([tables.stop(), queues.stop()]));

  test('puts, changes, reads and deletes items, and knows a condition that did not hold', async () => {
    const client = new dynamodb.DynamoDBClient({ endpoint: tables.endpoint, region, credentials });
    const TableName = tables.table;
    const Key = { pk: { S: 'k é😀' } };
    const put = () =>
      client.send(
        new dynamodb.PutItemCommand({
          TableName,
          Item: { ...Key, n: { N: '1' } },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    await put();
    const refusal = await put().catch((error: unknown) => error as Error);
    expect(refusal).toBeInstanceOf(dynamodb.ConditionalCheckFailedException);
    expect(refusal).toMatchObject({ name: 'ConditionalCheckFailedException', $metadata: { httpStatusCode: 400 } });
    await client.send(
      new dynamodb.UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET n = :n',
        ExpressionAttributeValues: { ':n': { N: '2' } },
      }),
    );
    const read = () => client.send(new dynamodb.GetItemCommand({ TableName, Key, ConsistentRead: true }));
    expect((await read()).Item).toEqual({ ...Key, n: { N: '2' } });
    await client.send(new dynamodb.DeleteItemCommand({ TableName, Key }));
    expect((await read()).Item).toBeUndefined();
    const nowhere = client.send(new dynamodb.GetItemCommand({ TableName: 'nowhere', Key }));
    await expect(nowhere).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(nowhere).rejects.not.toBeInstanceOf(dynamodb.ConditionalCheckFailedException);
    client.destroy();
  });

  test('sends messages, and hears of a queue that is not there', async () => {
    const client = new sqs.SQSClient({
      endpoint: queues.server.address,
      region,
      credentials,
      useQueueUrlAsEndpoint: false,
    });
    const Entries = [
      { Id: '0', MessageBody: '{"é":1}', DelaySeconds: 3 },
      { Id: '1', MessageBody: 'x' },
    ];
    const send = (QueueUrl: string) => client.send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries }));
    const sent = await send(queues.queueUrls['settle-payment']);
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['0', '1']);
    expect(sent.Failed ?? []).toEqual([]);
    await expect(send(`${queues.queueUrls['settle-payment']}-not`)).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    client.destroy();
  });
});

describe('when the service is not well', () => {
  let answers: ((response: ServerResponse) => void)[] = [];
  let asked = 0;
  const server = createServer((_request, response) => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    answer?.(response);
  });
  const answerWith = (status: number, body: object) => (response: ServerResponse) => {
    response.writeHead(status).end(JSON.stringify(body));
  };
  const fine = answerWith(200, { fine: true });
  const silence = () => undefined;

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = async (given: typeof answers, signal?: AbortSignal) => {
    answers = given;
    asked = 0;
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = new AwsClient(
      { service: 'sqs', contentType: 'application/x-amz-json-1.0' },
      {
        endpoint,
        region,
        credentials,
        maxAttempts: 3,
        requestHandler: { requestTimeout: given.includes(silence) ? 300 : 5_000 },
      },
    );
    const command = { target: 'AmazonSQS.X', input: {} };
    const outcome: unknown = await client
      .send(command, signal && { abortSignal: signal })
      .catch((error: unknown) => error);
    client.destroy();
    return outcome;
  };

  test.each([
    ['a broken connection', (response: ServerResponse) => void response.destroy()],
    ['a 500', answerWith(500, { __type: 'InternalFailure' })],
    ['a 503 that is no JSON', (response: ServerResponse) => void response.writeHead(503).end('<html>')],
    ['too much at once', answerWith(400, { __type: 'com.amazonaws.sqs#RequestThrottled', message: 'slow down' })],
    ['silence', silence],
  ])('%s is met by another try', async (_what, trouble) => {
    expect(await ask([trouble, fine])).toEqual({ fine: true });
    expect(asked).toBe(2);
  });

  test('after the third it is an error, named as the service named it', async () => {
    const outcome = await ask([answerWith(500, { __type: 'com.amazonaws.sqs#InternalFailure', message: 'why' })]);
    expect(outcome).toBeInstanceOf(AwsError);
    expect(outcome).toMatchObject({ name: 'InternalFailure', message: 'why', $metadata: { httpStatusCode: 500 } });
    expect(asked).toBe(3);
  });

  test('a refusal is final', async () => {
    expect(await ask([answerWith(400, { __type: 'AccessDeniedException', Message: 'no' })])).toMatchObject({
      name: 'AccessDeniedException',
      message: 'no',
    });
    expect(asked).toBe(1);
  });

  test('whoever has no more time is not made to wait', async () => {
    const tookMs = await undisturbed(async () => {
      const startedAt = performance.now();
      expect(await ask([silence], AbortSignal.timeout(100))).toMatchObject({ code: 'ABORT_ERR' });
      return performance.now() - startedAt;
    });
    expect(tookMs).toBeLessThan(280);
    expect(asked).toBe(1);
  });
});
