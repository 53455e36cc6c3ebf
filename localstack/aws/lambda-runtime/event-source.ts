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

type Message = {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
};

/** Lambda begins with five pollers; two cores are busy with two. */
const pollers = 2;

/** Hands a queue's messages to a function, batch by batch, and deletes those that it does not report failed. */
export function pollQueue({ sqs }: EmulatedAccount, source: EventSource, target: LambdaFunction) {
  let stopped = false;
  const QueueUrl = `http://sqs/${source.EventSourceArn.split(':').slice(-2).join('/')}`;
  const ask = (operation: string, input: object): Promise<{ Messages?: Message[] }> =>
    sqs.send({ target: `AmazonSQS.${operation}`, input: { QueueUrl, ...input } });

  async function turn(): Promise<void> {
    const { Messages = [] } = await ask('ReceiveMessage', {
      MaxNumberOfMessages: source.BatchSize,
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['All'],
    });
    if (Messages.length === 0 || stopped) return;
    const failed = await deliver(Messages);
    const Entries = Messages.filter(({ MessageId }) => !failed.has(MessageId)).map(({ MessageId, ReceiptHandle }) => ({
      Id: MessageId,
      ReceiptHandle,
    }));
    if (Entries.length > 0) await ask('DeleteMessageBatch', { Entries });
  }

  /** The ids of the messages that have to come again. */
  async function deliver(messages: readonly Message[]): Promise<Set<string>> {
    const all = new Set(messages.map(({ MessageId }) => MessageId));
    const event = { Records: messages.map((message) => recordOf(message, source.EventSourceArn)) };
    const result = await target.invoke(event).catch(() => undefined);
    if (result === undefined) return all;
    // Without the setting Lambda takes any answer for a success.
    if (source.FunctionResponseTypes?.includes('ReportBatchItemFailures') !== true) return new Set();
    const { batchItemFailures = [] } = result as { batchItemFailures?: { itemIdentifier: string }[] };
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    return failed.every((id) => all.has(id)) ? new Set(failed) : all;
  }

  const polling = Array.from({ length: pollers }, async () => {
    while (!stopped) await turn().catch(() => undefined);
  });
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(polling);
    },
  };
}

const recordOf = ({ MessageId, ReceiptHandle, Body, Attributes }: Message, eventSourceARN: string) => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  body: Body,
  attributes: Attributes,
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN,
  awsRegion: eventSourceARN.split(':')[3],
});
