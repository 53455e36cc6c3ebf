import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lambdaCredentials, signRequest } from './sign-request.ts';

const region = 'ap-south-1';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const session = { ...credentials, sessionToken: 'a/session+token==' };

describe('the signature is the one the SDK makes', () => {
  const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ headers: request.headers, body });
      response.end('{}');
    });
  });
  let endpoint: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const options = () => ({ endpoint, region, credentials: session, useQueueUrlAsEndpoint: false });
  const MessageBody = JSON.stringify({ v: 1, ids: ['pay_é😀'] });
  test.each([
    [
      'sqs',
      () =>
        new SQSClient(options()).send(
          new SendMessageBatchCommand({ QueueUrl: 'http://q/1', Entries: [{ Id: '0', MessageBody }] }),
        ),
    ],
    [
      'dynamodb',
      () => new DynamoDBClient(options()).send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a  b' } } })),
    ],
    ['ssm', () => new SSMClient(options()).send(new GetParametersCommand({ Names: ['/a/b'], WithDecryption: true }))],
    ['ssm', () => new SSMClient({ ...options(), credentials }).send(new GetParametersCommand({ Names: ['/a/b'] }))],
  ])('%s', async (service, send) => {
    seen.length = 0;
    // An SDK that does not like the empty answer has sent its request all the same.
    await send().catch(() => undefined);
    const [sent] = seen;
    const { authorization = '', 'x-amz-date': date = '', 'x-amz-security-token': token, ...others } = sent!.headers;
    const signedNames = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
    const headers = Object.fromEntries(
      Object.entries(others).filter(([name]) => signedNames.includes(name)) as [string, string][],
    );
    const at = new Date(String(date).replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
    const signed = signRequest(
      { headers, body: sent!.body },
      { service, region },
      token === undefined ? credentials : session,
      at,
    );
    expect(signed['authorization']).toBe(authorization);
    expect(signed['x-amz-security-token']).toBe(token);
  });

  test.each([
    ['the body', { body: 'x' }],
    ['a header', { headers: { host: 'other' } }],
  ])('and another when %s is another', (_what, change) => {
    const request = { headers: { host: 'a' }, body: '{}' };
    const sign = (signed: typeof request) =>
      signRequest(signed, { service: 'sqs', region }, credentials, new Date(0))['authorization'];
    expect(sign({ ...request, ...change })).not.toBe(sign(request));
    expect(sign({ ...request })).toBe(sign(request));
  });
});

test('without credentials it says so', () => {
  expect(() => lambdaCredentials({ AWS_ACCESS_KEY_ID: 'a' })).toThrow('no AWS credentials');
});
