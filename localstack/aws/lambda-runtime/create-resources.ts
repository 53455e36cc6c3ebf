import type { Resource } from '../template/resource.ts';
import { account, arnOf, type EmulatedAccount } from './emulated-account.ts';
import { type Created, resolveIn } from './resolve-template.ts';

/** Makes the queues and the tables of a template on the emulators, as CloudFormation would. */
export async function createTableAndQueues(
  { sqs, dynamodb }: EmulatedAccount,
  ofType: (type: string) => [string, Resource][],
  queueProperties: Readonly<Record<string, unknown>>,
): Promise<Map<string, Created>> {
  const created = new Map<string, Created>();
  const queues = ofType('AWS::SQS::Queue');
  // A queue names its dead-letter queue, which has to be there first.
  const inOrder = [...queues].sort(([, one], [, other]) => Number(isRedriven(one)) - Number(isRedriven(other)));
  for (const [id, { Properties = {} }] of inOrder) {
    const { QueueName, ...attributes } = resolveIn(
      { ...Properties, ...(isRedriven({ Properties }) && queueProperties) },
      created,
      account,
    ) as Record<string, unknown>;
    const Attributes = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, asText(value)]));
    const command = { target: 'AmazonSQS.CreateQueue', input: { QueueName, Attributes } };
    const { QueueUrl }: { QueueUrl: string } = await sqs.send(command);
    const name = String(QueueName);
    created.set(id, { ref: QueueUrl, attributes: { Arn: arnOf('sqs', name), QueueName: name } });
  }
  for (const [id, { Properties = {} }] of ofType('AWS::DynamoDB::Table')) {
    const input = Object.fromEntries(Object.entries(Properties).filter(([property]) => !notAtCreation.has(property)));
    await dynamodb.send({ target: 'DynamoDB_20120810.CreateTable', input });
    const name = String(input['TableName']);
    created.set(id, { ref: name, attributes: { Arn: arnOf('dynamodb', `table/${name}`) } });
  }
  return created;
}

/** The emulator does not know them; on AWS they are further calls. */
const notAtCreation = new Set(['TimeToLiveSpecification', 'SSESpecification', 'Tags']);

const isRedriven = ({ Properties }: Pick<Resource, 'Properties'>) => Properties?.['RedrivePolicy'] !== undefined;

/** SQS takes every attribute as a text. */
const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
