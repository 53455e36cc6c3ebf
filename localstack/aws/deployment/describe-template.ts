import type { Template } from '../lambda-runtime/resolve-template.ts';
import { rightsFor } from './rights-of-deployer.ts';

/** How each type is called by a person, one and many. */
const names: Readonly<Record<string, readonly [string, string]>> = {
  'AWS::Lambda::Function': ['function', 'functions'],
  'AWS::IAM::Role': ['role', 'roles, one for each function'],
  'AWS::Logs::LogGroup': ['log group', 'log groups, kept for 30 days'],
  'AWS::ApiGatewayV2::Api': ['HTTP API', 'HTTP APIs'],
  'AWS::ApiGatewayV2::Route': ['route', 'routes'],
  'AWS::SQS::Queue': ['queue', 'queues, half of them for dead letters'],
  'AWS::Lambda::EventSourceMapping': ['mapping from a queue to a function', 'mappings from queues to functions'],
  'AWS::DynamoDB::Table': ['table for idempotency keys, paid per request', 'tables'],
  'AWS::Events::Rule': ['schedule', 'schedules'],
  'AWS::CloudWatch::Alarm': ['alarm', 'alarms'],
  'AWS::SNS::Topic': ['topic the alarms go to', 'topics'],
  'AWS::SNS::Subscription': ['subscription to the alarms', 'subscriptions'],
  'AWS::S3::Bucket': ['bucket', 'buckets: the deployments, and the built web'],
  'AWS::CloudFront::Distribution': ['CloudFront distribution', 'CloudFront distributions: dashboard and checkout'],
};

/** What a deployment of the template makes, and what whoever deploys it must be allowed to do, in lines for a terminal. */
export function describeTemplate(template: Template, stage: string): string {
  const byType = Map.groupBy(Object.values(template.Resources), ({ Type }) => Type);
  const counted = [...byType].flatMap(([type, { length }]) => {
    const name = names[type]?.[length === 1 ? 0 : 1];
    return name === undefined ? [] : [`  ${String(length).padStart(4)} ${name}`];
  });
  const named = [...byType].flatMap(([type, { length }]) => (names[type] === undefined ? [length] : []));
  const others = named.reduce((sum, length) => sum + length, 0);
  return [
    `Stage ${stage}: ${Object.keys(template.Resources).length} resources in one CloudFormation stack`,
    ...counted,
    `  ${String(others).padStart(4)} more that join them: integrations, permissions, policies, edge functions`,
    '',
    'It makes no database; DATABASE_URL is read from the Parameter Store.',
    ...Object.values(template.Parameters ?? {}).map(
      ({ Default }) => `${Default} in the Parameter Store is made, at random, unless it is there.`,
    ),
    '',
    'Whoever deploys needs these rights (the role given to CloudFormation can have them instead):',
    ...rightsFor([...byType.keys()]).map((right) => `  ${right}`),
  ].join('\n');
}
