/** An event source mapping, as Lambda has it between a queue on SQS and a function. */
import { setTimeout } from 'node:timers/promises';
import type { SQSEvent } from 'aws-lambda';

export type QueueMessage = {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
};

/** A queue as its consumer sees it. */
export type PolledQueue = {
  readonly arn: string;
  /** Waits up to a second for the first message. */
  receive(maxMessages: number): Promise<readonly QueueMessage[]>;
  remove(messages: readonly QueueMessage[]): Promise<unknown>;
};

export type Polling = {
  readonly batchSize: number;
  readonly pollers: number;
  /** Else any answer counts as a success, as Lambda has it without ReportBatchItemFailures. */
  readonly reportsFailures: boolean;
  /** A queue that cannot be asked is asked again a second later. */
  readonly onTrouble?: (error: unknown) => void;
};

const pauseAfterTroubleMs = 1_000;

/** Hands a queue's messages to `invoke`, batch by batch, and removes those that it does not report failed. */
export function pollQueue(
  queue: PolledQueue,
  { batchSize, pollers, reportsFailures, onTrouble }: Polling,
  invoke: (event: SQSEvent) => Promise<unknown>,
): { stop(): Promise<void> } {
  const stopping = new AbortController();

  async function turn(): Promise<void> {
    const messages = await queue.receive(batchSize);
    // What is dropped here was never looked at, and is visible again when its time is over.
    if (messages.length === 0 || stopping.signal.aborted) return;
    const failed = await deliver(messages);
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
    if (done.length > 0) await queue.remove(done);
  }

  /** The ids of the messages that have to come again. */
  async function deliver(messages: readonly QueueMessage[]): Promise<Set<string>> {
    const all = new Set(messages.map(({ MessageId }) => MessageId));
    const result = await invoke({ Records: messages.map((message) => recordOf(message, queue.arn)) }).catch(
      () => undefined,
    );
    if (result === undefined) return all;
    if (!reportsFailures) return new Set();
    const { batchItemFailures = [] } = result as { batchItemFailures?: { itemIdentifier: string }[] };
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    return failed.every((id) => all.has(id)) ? new Set(failed) : all;
  }

  const trouble = async (error: unknown) => {
    onTrouble?.(error);
    await setTimeout(pauseAfterTroubleMs, undefined, { signal: stopping.signal }).catch(() => undefined);
  };
  const polling = Array.from({ length: pollers }, async () => {
    while (!stopping.signal.aborted) await turn().catch(trouble);
  });
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(polling);
    },
  };
}

const recordOf = ({ MessageId, ReceiptHandle, Body, Attributes }: QueueMessage, eventSourceARN: string) =>
  ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: eventSourceARN.split(':')[3] ?? '',
  }) as unknown as SQSEvent['Records'][number];
