import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import type { JobHandler } from '../jobs/chains.ts';
import { sqsClient } from '../queue/sqs-client.ts';

/**
 * Does what Lambda's event source mapping does: hands a queue's messages to a handler, a batch at a time, and deletes
 * those that it does not report failed. The others come again when their visibility timeout is over.
 */
export function pollSqs(queueUrl: string, handler: JobHandler): { stop(): Promise<void> } {
  const client = sqsClient();
  const stopping = new AbortController();

  const turn = async () => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return;
    const { batchItemFailures } = await handler({ Records: Messages.map(recordOf) } as SQSEvent, {} as Context);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const done = Messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
    const Entries = done.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
    if (Entries.length > 0) await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  };
  const polling = (async () => {
    while (!stopping.signal.aborted) await turn();
  })();
  return {
    stop: async () => {
      stopping.abort();
      await polling.finally(() => client.destroy());
    },
  };
}

const recordOf = ({ MessageId, Body, ReceiptHandle, Attributes }: Message) => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  body: Body,
  attributes: Attributes,
  eventSource: 'aws:sqs',
});
