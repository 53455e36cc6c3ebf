import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { bellMessageOf } from '../../../shared/queue/bell-message.ts';
import type { JobType } from '../../../shared/queue/doorbell.ts';

/** A message that a function could not answer. */
export type DeadLetter = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** The rows it is about; undefined when it cannot be read, or is for another queue. */
  readonly ids: readonly string[] | undefined;
  /** When it was first sent. */
  readonly sentAt: Date;
  /** How often it was received, this look included. */
  readonly receives: number;
};

/** SQS cannot be looked into: what is looked at is hidden, so long unless it is put down before. */
const heldSeconds = 120;

/** Beyond this many there is one cause to mend first, and a second run takes the next ones. */
const maxLetters = 1_000;

/** Receives all there are. A long poll asks every server of SQS, so an empty answer is an empty queue. */
export async function takeUp(client: SQSClient, QueueUrl: string, type: JobType): Promise<DeadLetter[]> {
  const letters = new Map<string, DeadLetter>();
  while (letters.size < maxLetters) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        VisibilityTimeout: heldSeconds,
        MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages) letters.set(message.MessageId ?? '', letterOf(message, type));
  }
  return [...letters.values()].sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime());
}

/** Leaves the letters where they are, for everybody to see. */
export async function putDown(client: SQSClient, QueueUrl: string, letters: readonly DeadLetter[]): Promise<void> {
  for (const some of tens(letters)) {
    const Entries = some.map(({ receiptHandle }, n) => ({
      Id: String(n),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: 0,
    }));
    await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  }
}

/**
 * Sends them to their queue and then deletes them here. Broken off in between, a letter is in both places, and a bell
 * that rings twice changes nothing.
 * @returns those that were sent.
 */
export async function moveTo(
  client: SQSClient,
  { from, to }: { from: string; to: string },
  letters: readonly DeadLetter[],
): Promise<DeadLetter[]> {
  const moved: DeadLetter[] = [];
  for (const some of tens(letters)) {
    const Entries = some.map(({ body }, n) => ({ Id: String(n), MessageBody: body }));
    const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: to, Entries }));
    const sent = Successful.map(({ Id }) => some[Number(Id)]).filter((letter) => letter !== undefined);
    const gone = sent.map(({ receiptHandle }, n) => ({ Id: String(n), ReceiptHandle: receiptHandle }));
    if (gone.length > 0) await client.send(new DeleteMessageBatchCommand({ QueueUrl: from, Entries: gone }));
    moved.push(...sent);
  }
  return moved;
}

function letterOf({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }: Message, type: JobType): DeadLetter {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    ids: idsIn(Body, type),
    sentAt: new Date(Number(Attributes?.SentTimestamp)),
    receives: Number(Attributes?.ApproximateReceiveCount),
  };
}

function idsIn(body: string, type: JobType): readonly string[] | undefined {
  try {
    const message = bellMessageOf(JSON.parse(body));
    return message.type === type ? message.ids : undefined;
  } catch {
    return undefined;
  }
}

const tens = (letters: readonly DeadLetter[]) =>
  Array.from({ length: Math.ceil(letters.length / 10) }, (_, n) => letters.slice(n * 10, (n + 1) * 10));
