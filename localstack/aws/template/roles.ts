import { secretNames } from '../../../shared/lambda/read-secrets.ts';
import type { Needs } from '../needs.ts';
import { queueId, tableId } from './queues.ts';
import { attribute, capitalised, type Resource, sub } from './resource.ts';

type Statement = {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
};

export const roleId = (functionName: string) => `${capitalised(functionName)}Role`;

export type RoleOf = {
  /** The function's name on AWS. */
  readonly deployedName: string;
  readonly secretsPath: string;
  /** The parameter of EDGE_SECRET. */
  readonly edgeSecret: string;
  readonly isInVpc: boolean;
};

/** A function's own role: what it needs to do its work, on the very things it does it with. */
export function roleResource(needs: Needs, { deployedName, secretsPath, edgeSecret, isInVpc }: RoleOf): Resource {
  const statements = [
    ...logging(deployedName),
    readingSecrets([
      ...Object.values(secretNames).map((name) => `${secretsPath}/${name}`),
      ...(needs.limits ? [edgeSecret] : []),
    ]),
    ...queueing(needs),
    ...(needs.keepsKeys ? [keepingKeys] : []),
    ...(isInVpc ? beingInVpc(deployedName) : []),
  ];
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: policy([
        { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] },
      ]),
      Policies: [{ PolicyName: 'what-it-needs', PolicyDocument: policy(statements) }],
    },
  };
}

const policy = (Statement: readonly unknown[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: readonly string[], Resource: unknown): Statement => ({ Effect: 'Allow', Action, Resource });
const arn = (rest: string) => sub(`arn:\${AWS::Partition}:${rest}`);
const here = '${AWS::Region}:${AWS::AccountId}';

/** Its log group is made by the stack, so it may not make one. What stands behind the last colon is the log's streams. */
const logging = (name: string) => [
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn(`logs:${here}:log-group:/aws/lambda/${name}:*`)),
];

/** They are encrypted with the account's own SSM key, which asks for no right beyond this one. */
const readingSecrets = (names: readonly string[]) =>
  allow(
    ['ssm:GetParameters'],
    names.map((name) => arn(`ssm:${here}:parameter${name}`)),
  );

function queueing({ rings, answers }: Needs): Statement[] {
  return [
    ...(rings.length === 0
      ? []
      : [
          allow(
            ['sqs:SendMessage'],
            rings.map((type) => attribute(queueId(type), 'Arn')),
          ),
        ]),
    // Lambda's event source mapping asks with the function's role.
    ...(answers === undefined
      ? []
      : [
          allow(
            ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
            attribute(queueId(answers), 'Arn'),
          ),
        ]),
  ];
}

const keepingKeys = allow(
  ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  attribute(tableId, 'Arn'),
);

const ofNetworkInterfaces = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Lambda joins the function to the VPC with the function's role, and EC2 cannot narrow these rights to a resource. The
 * second statement takes them from the function's own code, as AWS advises.
 */
const beingInVpc = (name: string): Statement[] => [
  allow(ofNetworkInterfaces, '*'),
  {
    Effect: 'Deny',
    Action: ofNetworkInterfaces,
    Resource: '*',
    Condition: { ArnEquals: { 'lambda:SourceFunctionArn': [arn(`lambda:${here}:function:${name}`)] } },
  },
];
