import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { JobHandler } from '../../shared/jobs/chains.ts';
import { lambdaContext } from './lambda-context.ts';
import { type PolledQueue, pollQueue, type QueueMessage } from './poll-queue.ts';

/** What SQS hands out at most in one answer. */
const batchSize = 10;
/** Lambda begins with five; a laptop's cores are busy with two. */
const pollers = 2;

/** Does for a queue of SQS, or of what speaks like it, what Lambda's event source mapping does. `onTrouble` hears why it cannot. */
export function pollSqs(
  client: SQSClient,
  queueUrl: string,
  handler: JobHandler,
  onTrouble?: (error: unknown) => void,
): { stop(): Promise<void> } {
  const [account = '', name = ''] = new URL(queueUrl).pathname.split('/').slice(-2);
  const polling = { batchSize, pollers, reportsFailures: true, ...(onTrouble && { onTrouble }) };
  return pollQueue(queueAt(client, queueUrl, `arn:aws:sqs:local:${account}:${name}`), polling, (event) =>
    handler(event, lambdaContext(name)),
  );
}

const queueAt = (client: SQSClient, QueueUrl: string, arn: string): PolledQueue => ({
  arn,
  receive: async (MaxNumberOfMessages) => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return Messages.map(wholeMessage);
  },
  remove: (messages) => {
    const Entries = messages.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
    return client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  },
});

const wholeMessage = ({ MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} }: Message): QueueMessage => ({
  MessageId,
  ReceiptHandle,
  Body,
  Attributes,
});
