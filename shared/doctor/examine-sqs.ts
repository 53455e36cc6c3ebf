import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { sqsClient } from '../queue/sqs-client.ts';
import { sqsQueueUrls } from '../queue/sqs-queue-urls.ts';
import type { Settings } from '../runtime/settings.ts';
import { fault, type Finding, ok, warning } from './finding.ts';

const section = 'queue';

/** Whether the queues are there, and whether messages lie where only a person looks. */
export async function examineSqs(settings: Settings): Promise<Finding[]> {
  const client = sqsClient();
  const about = { section, name: 'backend' } as const;
  try {
    const queues = await Promise.all(Object.values(sqsQueueUrls(settings)).map((url) => look(client, url)));
    const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
    return [ok(about, `SQS answers; ${waiting} messages wait or are under way.`), ...queues.map(examineDeadLetters)];
  } catch (error) {
    const says = `The queues on SQS cannot be asked (${(error as Error).message}).`;
    const todo =
      'See AWS_REGION, the credentials and the URLs of the queues. Nothing is lost: the rows know what is due.';
    return [fault(about, says, todo)];
  } finally {
    client.destroy();
  }
}

type Looked = { waiting: number; deadLetters: { name: string; count: number } | undefined };

function examineDeadLetters({ deadLetters }: Looked): Finding {
  const about = { section, name: 'dead-letters' } as const;
  if (deadLetters === undefined) {
    const says = 'A queue has no dead-letter queue: what cannot be answered comes again until it is forgotten.';
    return warning(about, says, 'Give it one; serverless.yml does.');
  }
  const { name, count } = deadLetters;
  if (count === 0) return ok(about, `${name} is empty.`);
  const says = `${count} messages lie in ${name}: a function failed to answer them again and again.`;
  return warning(about, says, 'npm run redrive shows them; mend the cause and move them back with -- --apply.');
}

async function look(client: SQSClient, url: string): Promise<Looked> {
  const { waiting, redrivePolicy } = await attributesOf(client, url);
  const { deadLetterTargetArn: arn } = JSON.parse(redrivePolicy ?? '{}') as { deadLetterTargetArn?: string };
  const name = arn?.split(':').at(-1);
  if (name === undefined) return { waiting, deadLetters: undefined };
  const { QueueUrl = '' } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
  return { waiting, deadLetters: { name, count: (await attributesOf(client, QueueUrl)).waiting } };
}

async function attributesOf(client: SQSClient, QueueUrl: string) {
  const counts = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesDelayed',
    'ApproximateNumberOfMessagesNotVisible',
  ] as const;
  const AttributeNames = [...counts, 'RedrivePolicy' as const];
  const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  const waiting = counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  return { waiting, redrivePolicy: Attributes.RedrivePolicy };
}
