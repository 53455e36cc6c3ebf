import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { mappedFunctions } from '../../shared/house/serverless-map.ts';
import { readTemplate, type Template } from './lambda-runtime/resolve-template.ts';
import { lintTemplate } from './lint/lint-template.ts';
import { packageService } from './package-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-template-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the template of prod', () => {
  let template: Template;
  let zips: Map<string, number>;
  beforeAll(async () => {
    const vpc = [
      '--param=subnets=subnet-1, subnet-2',
      '--param=security-groups=sg-1',
      '--param=alarm-email=a@b.example',
    ];
    const packaged = await packageService('prod', join(folder, 'prod'), vpc);
    template = readTemplate(packaged);
    zips = new Map(
      ofType('AWS::Lambda::Function').map(([, { Properties = {} }]) => {
        const name = String(Properties['FunctionName']).split('-').at(-1)!;
        return [name, readFileSync(join(packaged, `${name}.zip`)).length];
      }),
    );
  }, 180_000);
  const ofType = (type: string) => Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
  const textOf = (value: unknown) => JSON.stringify(value);

  test('is what CloudFormation knows', () => {
    expect(lintTemplate(template)).toEqual([]);
  });

  /** What a person could break in it, and what the lint says then. */
  test.each<[string, (broken: Broken) => void, string]>([
    ['another type', ({ AlarmsByEmail: one }) => (one!.Type = 'AWS::SNS::Letter'), 'there is no type AWS::SNS::Letter'],
    [
      'a misspelt property',
      ({ SettlePaymentQueue: one }) => (one!.Properties['VisibilityTimeOut'] = 1),
      'SettlePaymentQueue: there is no VisibilityTimeOut',
    ],
    [
      'one within another',
      ({ HttpApiStage: one }) => (one!.Properties['DefaultRouteSettings'].Throttle = 1),
      'DefaultRouteSettings: there is no Throttle',
    ],
    [
      'a text for a number',
      ({ SweepLambdaFunction: one }) => (one!.Properties['Timeout'] = 'long'),
      'SweepLambdaFunction.Timeout: "long" is no integer',
    ],
    [
      'a missing property',
      ({ SweepLambdaFunction: one }) => delete one!.Properties['Role'],
      'SweepLambdaFunction: Role is missing',
    ],
    [
      'a reference to nothing',
      ({ Alarms: one }) => (one!.Properties['TopicName'] = { Ref: 'Nobody' }),
      'Alarms: there is no Nobody',
    ],
    [
      'an attribute that is none',
      ({ SweepLambdaFunction: one }) => (one!.Properties['Role'] = { 'Fn::GetAtt': ['SweepRole', 'Arm'] }),
      'SweepRole has no attribute Arm',
    ],
    [
      'an attribute of what the template is given',
      ({ SweepLambdaFunction: one }) => (one!.Properties['Role'] = { 'Fn::GetAtt': ['EdgeSecret', 'Arn'] }),
      'there is no EdgeSecret',
    ],
    [
      'a circle',
      ({ HttpApi: one }) => (one!.Properties['Description'] = { 'Fn::Sub': 'for ${DashboardDistribution}' }),
      'is a circle',
    ],
  ])('the lint sees %s', (_what, change, fault) => {
    const broken = structuredClone(template);
    change(broken.Resources as unknown as Broken);
    expect(lintTemplate(broken)).toEqual([expect.stringContaining(fault)]);
  });

  test('has no test routes and no seeding', () => {
    expect(textOf(template)).not.toMatch(/api\/v1\/test\/|SEED_TEST_MERCHANT|TEST_MODE|WEBHOOK_ALLOW_CIDRS|sandbox/);
    const absent = ['getTestMerchant', 'getJobsStatus'];
    const deployed = mappedFunctions.map(({ name }) => name).filter((name) => !absent.includes(name));
    expect([...zips.keys()].sort()).toEqual(deployed.sort());
  });

  test('is deployed with a zip for each function, which the framework has to be told', () => {
    const yml = readFileSync(join(import.meta.dirname, '..', '..', 'serverless.yml'), 'utf8');
    expect(parse(yml).package).toEqual({ individually: true });
    const keys = ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties!['Code'] as { S3Key: string });
    expect(keys.map(({ S3Key }) => S3Key.split('/').at(-1)).sort()).toEqual(
      [...zips.keys()].map((name) => `${name}.zip`).sort(),
    );
  });

  test('has no secret and nothing of the shell that packaged', () => {
    for (const [, { Properties }] of ofType('AWS::Lambda::Function')) {
      const { Variables } = Properties!['Environment'] as { Variables: Record<string, unknown> };
      expect(Object.keys(Variables)).not.toEqual(expect.arrayContaining(['DATABASE_URL']));
      expect(Object.keys(Variables)).not.toEqual(expect.arrayContaining(['SEALING_KEYS']));
      expect(Object.keys(Variables)).not.toEqual(expect.arrayContaining(['EDGE_SECRET']));
      expect(Variables).toMatchObject({ GATEWAY_MODE: 'production', SECRETS_PATH: '/gateway/prod' });
    }
  });

  test('the dashboard’s distribution tells the API who asks, and proves that it may', () => {
    const [[given, parameter] = ['', undefined], ...others] = Object.entries(template.Parameters ?? {});
    expect(others).toEqual([]);
    expect(parameter).toMatchObject({
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: '/gateway/prod/edge-secret',
    });
    const { Origins, CacheBehaviors } = template.Resources['DashboardDistribution']!.Properties![
      'DistributionConfig'
    ] as {
      Origins: { Id: string; OriginCustomHeaders?: unknown }[];
      CacheBehaviors: { TargetOriginId: string; FunctionAssociations: { EventType: string; FunctionARN: unknown }[] }[];
    };
    const secret = [{ HeaderName: 'gateway-edge-secret', HeaderValue: { Ref: given } }];
    // The bucket hears nothing of it.
    expect(Origins.map(({ Id, OriginCustomHeaders }) => [Id, OriginCustomHeaders])).toEqual([
      ['files', undefined],
      ['api', secret],
    ]);
    const toTheApi = CacheBehaviors.filter(({ TargetOriginId }) => TargetOriginId === 'api');
    expect(toTheApi).toHaveLength(2);
    for (const { FunctionAssociations } of toTheApi) {
      const FunctionARN = { 'Fn::GetAtt': ['ApiRequest', 'FunctionARN'] };
      expect(FunctionAssociations).toEqual([{ EventType: 'viewer-request', FunctionARN }]);
    }
    // It stands nowhere else, and its name only where it is read.
    expect(textOf(template).match(/{"Ref":"EdgeSecret"}/g)).toHaveLength(1);
    for (const { name, file } of mappedFunctions.filter((one) => zips.has(one.name))) {
      const [, { Properties }] = ofType('AWS::Lambda::Function').find(([, one]) =>
        String(one.Properties!['FunctionName']).endsWith(`-${name}`),
      )!;
      const role = template.Resources[(Properties!['Role'] as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0]];
      const hears = file.startsWith('functions/http/');
      expect([name, textOf(Properties!['Environment']).includes('/gateway/prod/edge-secret')]).toEqual([name, hears]);
      expect([name, textOf(role).includes('/gateway/prod/edge-secret')]).toEqual([name, hears]);
    }
  });

  test('every function runs on arm64 with a role of its own, logs that end, and JSON in them', () => {
    const functions = ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties!);
    const roles = functions.map(({ Role }) => textOf(Role));
    expect(new Set(roles).size).toBe(functions.length);
    for (const properties of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON' },
      });
    }
    expect(ofType('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties!['RetentionInDays'])).toEqual(
      Array.from({ length: functions.length + 1 }, () => 30),
    );
  });

  test('no role may do anything to everything, but be in the VPC', () => {
    for (const [id, { Properties }] of ofType('AWS::IAM::Role')) {
      const [{ PolicyDocument }] = Properties!['Policies'] as [{ PolicyDocument: { Statement: Statement[] } }];
      for (const { Effect, Action, Resource } of PolicyDocument.Statement) {
        expect([id, Action.filter((action) => action.includes('*'))]).toEqual([id, []]);
        const isNetwork = Action.every((action) => action.startsWith('ec2:'));
        if (Effect === 'Allow' && !isNetwork) expect([id, textOf(Resource)]).not.toEqual([id, '"*"']);
        if (isNetwork && Effect === 'Allow') {
          const denied = PolicyDocument.Statement.find((other) => other.Effect === 'Deny');
          expect(denied?.Action).toEqual(Action);
        }
      }
    }
  });

  test('every queue has dead letters, alarms for both, and a mapping that reports failures one by one', () => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties!);
    expect(mappings).toHaveLength(3);
    for (const mapping of mappings) expect(mapping['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
    const alarmed = textOf(ofType('AWS::CloudWatch::Alarm'));
    const queues = ofType('AWS::SQS::Queue');
    for (const [id] of queues) expect(alarmed).toContain(`["${id}","QueueName"]`);
    const fed = queues.filter(([, { Properties }]) => Properties!['RedrivePolicy'] !== undefined);
    expect([fed.length, queues.length]).toEqual([3, 6]);
    const timeouts = ofType('AWS::Lambda::Function')
      .filter(([, { Properties }]) => /settle|deliver/.test(String(Properties!['FunctionName'])))
      .map(([, { Properties }]) => Properties!['Timeout'] as number);
    for (const [, { Properties }] of fed) {
      expect(Properties!['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * Math.max(...timeouts));
    }
  });

  test('zips are small: jobs below 60 kB, the API below 120 kB', () => {
    const apart = { docs: 570_000, deliverWebhook: 125_000, migrate: 165_000 } as Record<string, number>;
    for (const { name, file } of mappedFunctions.filter((one) => zips.has(one.name))) {
      const limit = apart[name] ?? (file.startsWith('functions/jobs/') ? 60_000 : 120_000);
      expect([name, zips.get(name)! < limit ? 'fits' : zips.get(name)]).toEqual([name, 'fits']);
    }
  });
});

type Broken = Record<string, { Type: string; Properties: Record<string, any> }>;
type Statement = { Effect: string; Action: string[]; Resource: unknown };
