import { GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { JobType } from '../../../shared/queue/doorbell.ts';
import { deadLetterQueueName, queueName } from '../../aws-resources.ts';
import { type DeadLetter, moveTo, putDown, takeUp } from './dead-letters.ts';

export type RedrivenQueue = {
  readonly type: JobType;
  readonly queue: string;
  readonly letters: readonly DeadLetter[];
  /** How many of them went back to their queue. */
  readonly moved: number;
};

/** Looks through a job's dead letters, and with `apply` moves those that can be read back to the job's queue. */
export async function redriveQueue(
  client: SQSClient,
  { stage, type, apply }: { stage: string; type: JobType; apply: boolean },
): Promise<RedrivenQueue> {
  const queue = deadLetterQueueName(stage, type);
  const from = await urlOf(client, queue);
  const letters = await takeUp(client, from, type);
  const movable = apply ? letters.filter(({ ids }) => ids !== undefined) : [];
  const to = movable.length > 0 ? await urlOf(client, queueName(stage, type)) : '';
  const moved = await moveTo(client, { from, to }, movable);
  await putDown(
    client,
    from,
    letters.filter((letter) => !moved.includes(letter)),
  );
  return { type, queue, letters, moved: moved.length };
}

async function urlOf(client: SQSClient, QueueName: string): Promise<string> {
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName }));
  if (QueueUrl === undefined) throw new Error(`there is no queue ${QueueName}`);
  return QueueUrl;
}
