import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { type Cloud, cloudWith } from './cloud.ts';
import { uploadWeb } from './steps.ts';
import { webObjects } from './web-objects.ts';

const require = createRequire(createRequire(import.meta.url).resolve('serverless/package.json'));
const sdkOf = (name: string) => require(`@aws-sdk/client-${name}`);

describe('the web', () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const Bucket = 'web';
  let server: FauxqsServer;
  let cloud: Cloud;
  let s3: any;
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    const config = {
      endpoint: server.address,
      region: 'ap-south-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    };
    cloud = cloudWith(sdkOf, config);
    const { S3Client, CreateBucketCommand } = sdkOf('s3');
    s3 = new S3Client(config);
    await s3.send(new CreateBucketCommand({ Bucket }));
  });
  afterAll(() => server.stop());
  const keys = async (): Promise<string[]> => {
    const { Contents = [] } = await s3.send(new (sdkOf('s3').ListObjectsV2Command)({ Bucket }));
    return Contents.map(({ Key }: { Key: string }) => Key);
  };

  test('is uploaded whole, with its pages filled in, and taken away again', async () => {
    const origins = { api: 'https://api.example', checkout: 'https://pay.example', isSandbox: false };
    await uploadWeb(cloud, Bucket, webObjects(root, origins));
    expect(await keys()).toEqual(
      expect.arrayContaining(['checkout/index.html', 'checkout/checkout.js', 'dashboard/index.html']),
    );
    expect((await keys()).some((key) => /^dashboard\/assets\/.+\.js$/.test(key))).toBe(true);

    const page = await s3.send(new (sdkOf('s3').GetObjectCommand)({ Bucket, Key: 'checkout/index.html' }));
    expect([page.ContentType, page.CacheControl]).toEqual(['text/html; charset=utf-8', 'no-cache']);
    const html = await page.Body.transformToString();
    expect(html).toContain('<meta name="gateway-api" content="https://api.example"');
    expect(html).toContain('<meta name="gateway-mode" content="production"');

    await cloud.emptyBucket(Bucket);
    expect(await keys()).toEqual([]);
  });
});

describe('what the other services say', () => {
  /** An SDK that answers every command of a client with what `answer` says. */
  const cloudThat = (answer: (command: string, input: any) => unknown) =>
    cloudWith(
      () =>
        new Proxy({} as Record<string, any>, {
          get: (_, name: string) =>
            name.endsWith('Command')
              ? class {
                  command = name.replace(/Command$/, '');
                  input: unknown;
                  constructor(input: unknown) {
                    this.input = input;
                  }
                }
              : class {
                  send = async ({ command, input }: { command: string; input: unknown }) => answer(command, input);
                },
        }),
      {},
    );
  const failing = (name: string, message = name) => {
    throw Object.assign(new Error(message), { name });
  };

  test('a stack that is not there has no outputs, and another trouble is one', async () => {
    const absent = cloudThat(() => failing('ValidationError', 'Stack with id x does not exist'));
    expect(await absent.outputsOf('x')).toBeUndefined();
    await expect(cloudThat(() => failing('AccessDenied')).outputsOf('x')).rejects.toThrow('AccessDenied');
    const there = cloudThat(() => ({ Stacks: [{ Outputs: [{ OutputKey: 'A', OutputValue: 'b' }] }] }));
    expect(await there.outputsOf('x')).toEqual({ A: 'b' });
  });

  test('a parameter is put as plain text, and over none that is there', async () => {
    const asked: unknown[] = [];
    await cloudThat((command, input) => asked.push([command, input])).putParameter('/a', 'b');
    expect(asked).toEqual([['PutParameter', { Name: '/a', Value: 'b', Type: 'String' }]]);
  });

  test('new code is there when the function says so', async () => {
    const asked: string[] = [];
    const cloud = cloudThat((command) => {
      asked.push(command);
      return { LastUpdateStatus: asked.length > 2 ? 'Successful' : 'InProgress' };
    });
    expect(await cloud.updateCode('migrate', Buffer.from(''))).toBe(true);
    expect(asked).toEqual(['UpdateFunctionCode', 'GetFunctionConfiguration', 'GetFunctionConfiguration']);
    expect(await cloudThat(() => failing('ResourceNotFoundException')).updateCode('x', Buffer.from(''))).toBe(false);
  });

  test('a function that failed is an error with its own words', async () => {
    const Payload = Buffer.from('{"errorMessage":"no such column"}');
    const cloud = cloudThat(() => ({ FunctionError: 'Unhandled', Payload }));
    await expect(cloud.invoke('migrate')).rejects.toThrow('no such column');
    await cloudThat(() => ({})).invoke('migrate');
  });
});
