import { pollQueue, type QueueMessage } from '../../worker/poll-queue.ts';
import type { EmulatedAccount } from './emulated-account.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** An event source mapping, its properties resolved. */
export type EventSource = {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly BatchSize: number;
  readonly FunctionResponseTypes?: readonly string[];
  readonly ScalingConfig?: { readonly MaximumConcurrency: number };
};

/** Lambda begins with five pollers; two cores are busy with two. */
const pollers = 2;

/** The mapping at work, on the account's own queue. */
export function startEventSource({ sqs }: EmulatedAccount, source: EventSource, target: LambdaFunction) {
  const { EventSourceArn: arn, BatchSize: batchSize, FunctionResponseTypes: reports } = source;
  const QueueUrl = `http://sqs/${arn.split(':').slice(-2).join('/')}`;
  const ask = (operation: string, input: object): Promise<{ Messages?: QueueMessage[] }> =>
    sqs.send({ target: `AmazonSQS.${operation}`, input: { QueueUrl, ...input } });
  const queue = {
    arn,
    receive: async (MaxNumberOfMessages: number) => {
      const options = { MaxNumberOfMessages, WaitTimeSeconds: 1, MessageSystemAttributeNames: ['All'] };
      return (await ask('ReceiveMessage', options)).Messages ?? [];
    },
    remove: (messages: readonly QueueMessage[]) => {
      const Entries = messages.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
      return ask('DeleteMessageBatch', { Entries });
    },
  };
  const reportsFailures = reports?.includes('ReportBatchItemFailures') === true;
  return pollQueue(queue, { batchSize, pollers, reportsFailures }, (event) => target.invoke(event));
}
