import { describe, expect, test } from '@jest/globals';
import type { Cloud, WebObject } from './cloud.ts';
import { describeTemplate } from './describe-template.ts';
import { rightsFor } from './rights-of-deployer.ts';
import { checkSecrets, makeEdgeSecret, migrateAhead, uploadWeb } from './steps.ts';

/** Notes what it is asked for. */
function aCloud(answers: Partial<Cloud> = {}) {
  const asked: string[] = [];
  const cloud: Cloud = {
    outputsOf: async () => ({}),
    missingParameters: async () => [],
    putParameter: async (name, value) => void asked.push(`${name} is ${value}`),
    updateCode: async (name) => asked.push(`code of ${name}`) > 0,
    invoke: async (name) => void asked.push(`call of ${name}`),
    putObject: async (_bucket, { key }) => void asked.push(key),
    emptyBucket: async () => undefined,
    ...answers,
  };
  return { cloud, asked };
}

describe('the secrets', () => {
  test('that are missing are named with the command that makes them', async () => {
    const { cloud } = aCloud({ missingParameters: async (names) => names.filter((name) => name.endsWith('keys')) });
    const refusal = checkSecrets(cloud, '/gateway/prod', 'ap-south-1');
    await expect(refusal).rejects.toThrow(
      'aws ssm put-parameter --region ap-south-1 --type SecureString --name /gateway/prod/sealing-keys --value "k1:$(openssl rand -base64 32)"',
    );
    await expect(refusal).rejects.not.toThrow('database-url');
  });

  test('that are there are no matter', async () => {
    await checkSecrets(aCloud().cloud, '/gateway/prod', 'ap-south-1');
  });
});

describe('the secret of the edge', () => {
  const name = '/gateway/prod/edge-secret';

  test('is made where there is none', async () => {
    const { cloud, asked } = aCloud({ missingParameters: async (names) => [...names] });
    expect(await makeEdgeSecret(cloud, name, () => 'random')).toBe(true);
    expect(asked).toEqual([`${name} is random`]);
  });

  test('is left alone where there is one', async () => {
    const { cloud, asked } = aCloud({ missingParameters: async (names) => names.filter((one) => one !== name) });
    expect(await makeEdgeSecret(cloud, name, () => 'random')).toBe(false);
    expect(asked).toEqual([]);
  });
});

describe('the migration', () => {
  test('runs with the new code before the deployment goes on', async () => {
    const { cloud, asked } = aCloud();
    expect(await migrateAhead(cloud, 'stack-migrate', Buffer.from('zip'))).toBe(true);
    expect(asked).toEqual(['code of stack-migrate', 'call of stack-migrate']);
  });

  test('waits for the function on a first deployment', async () => {
    const { cloud, asked } = aCloud({ updateCode: async () => false });
    expect(await migrateAhead(cloud, 'stack-migrate', Buffer.from('zip'))).toBe(false);
    expect(asked).toEqual([]);
  });

  test('that fails stops the deployment', async () => {
    const { cloud } = aCloud({ invoke: () => Promise.reject(new Error('no such column')) });
    await expect(migrateAhead(cloud, 'stack-migrate', Buffer.from('zip'))).rejects.toThrow('no such column');
  });
});

test('pages are uploaded after the files they name', async () => {
  const { cloud, asked } = aCloud();
  const object = (key: string): WebObject => ({ key, content: Buffer.from(''), type: '', cacheControl: '' });
  await uploadWeb(cloud, 'bucket', ['a/index.html', 'a/x.js', 'b/index.html', 'b/y.css'].map(object));
  expect(asked).toEqual(['a/x.js', 'b/y.css', 'a/index.html', 'b/index.html']);
});

describe('what is printed', () => {
  test('counts what is made and names the rights', () => {
    const Resources = {
      One: { Type: 'AWS::SQS::Queue' },
      Other: { Type: 'AWS::SQS::Queue' },
      Api: { Type: 'AWS::ApiGatewayV2::Api' },
      Way: { Type: 'AWS::ApiGatewayV2::Integration' },
    };
    const Parameters = {
      EdgeSecret: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/gateway/dev/edge-secret' },
    };
    const text = describeTemplate({ Parameters, Resources }, 'dev');
    expect(text).toContain('/gateway/dev/edge-secret in the Parameter Store is made, at random, unless it is there');
    expect(text).toContain('  ssm:PutParameter');
    expect(text).toContain('Stage dev: 4 resources');
    expect(text).toContain('2 queues');
    expect(text).toContain('1 HTTP API\n');
    expect(text).toContain('1 more that join them');
    expect(text).toContain('sqs:*Queue*');
    expect(text).not.toContain('dynamodb');
  });

  test('a type whose rights nobody has written down is named', () => {
    expect(rightsFor(['AWS::Kinesis::Stream'])).toContain('whatever AWS::Kinesis::Stream needs');
  });
});
