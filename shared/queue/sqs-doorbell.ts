import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import { coalesce } from '../runtime/coalesce.ts';
import { type Bell, type Doorbell, type JobType, ringPatienceMs } from './doorbell.ts';
import { type SqsBatch, sqsBatches } from './sqs-batches.ts';
import { sqsClient } from './sqs-client.ts';

/**
 * A Lambda is frozen when it has answered, with whatever it had in flight. So a bell for a waiting caller is delivered
 * or given up for good a little before the caller's patience ends, and nothing is left to thaw in a later invocation.
 */
const ringWithinMs = ringPatienceMs - 30;

/** A timer may be that early, and a bell that waited for the ones it ended would be sent for nothing. */
const tooLateMs = 1;

/** The sweeper has nobody waiting for it. */
const ringOnceWithinMs = 8_000;

/** A bell of somebody who waits, and until when (performance.now()). */
type Rung = { readonly bell: Bell; readonly untilMs: number };

/** Why bells did not get onto their queue. */
type Failures = Map<string, Error>;
const keyOf = (type: JobType, id: string) => `${type} ${id}`;

/** @param queueUrls where each job type's queue is. A standard queue: a FIFO queue has no delay per message. */
export function sqsDoorbell(queueUrls: Readonly<Record<JobType, string>>, client = sqsClient()): Doorbell {
  // Whoever rings at all rings for deliveries, and may.
  warm(client, queueUrls['deliver-webhook']);

  async function sendAll(bells: readonly Bell[], signal: AbortSignal): Promise<Failures> {
    const failures = await Promise.all(
      sqsBatches(bells).map((batch) => sendBatch(client, queueUrls[batch.type], batch, signal)),
    );
    return new Map(failures.flatMap((some) => [...some]));
  }

  const ringOne = coalesce(
    async (rung: readonly Rung[]) => {
      const leftMs = Math.max(...rung.map(({ untilMs }) => untilMs)) - performance.now();
      if (leftMs <= tooLateMs) throw new Error('SQS was too slow for the bells before this one');
      const failures = await sendAll(
        rung.map(({ bell }) => bell),
        AbortSignal.timeout(Math.ceil(leftMs)),
      );
      return rung.map(({ bell: { type, id } }) => failures.get(keyOf(type, id)));
    },
    // Beyond this many the queue is away, and the sweeper knows the rows better than a long list would.
    { maxItems: 500, maxWaiting: 10_000 },
  );

  return {
    ring: async (bells) => {
      const untilMs = performance.now() + ringWithinMs;
      const outcomes = await Promise.all(bells.map((bell) => ringOne({ bell, untilMs })));
      throwFirst(outcomes);
    },
    // A standard queue cannot tell what lies in it. A bell too many finds its row taken care of.
    ringOnce: async (bells) => throwFirst([...(await sendAll(bells, AbortSignal.timeout(ringOnceWithinMs))).values()]),
    close: async () => client.destroy(),
  };
}

function throwFirst(outcomes: readonly (Error | undefined)[]): void {
  const failure = outcomes.find((outcome) => outcome !== undefined);
  if (failure !== undefined) throw failure;
}

/** Sends a batch, and what SQS did not take of it once more: such a refusal is mostly a moment's. */
async function sendBatch(
  client: SQSClient,
  queueUrl: string,
  { type, entries, messages }: SqsBatch,
  signal: AbortSignal,
): Promise<Failures> {
  let refused: readonly Refused[];
  try {
    refused = await send(client, queueUrl, entries, signal);
    if (refused.length > 0) {
      const ids = new Set(refused.map(({ entryId }) => entryId));
      refused = await send(
        client,
        queueUrl,
        entries.filter(({ Id = '' }) => ids.has(Id)),
        signal,
      );
    }
  } catch (error) {
    refused = entries.map(({ Id = '' }) => ({ entryId: Id, error: error as Error }));
  }
  return new Map(
    refused.flatMap(({ entryId, error }) =>
      (messages[Number(entryId)]?.ids ?? []).map((id) => [keyOf(type, id), error] as const),
    ),
  );
}

type Refused = { readonly entryId: string; readonly error: Error };

/** @returns the entries SQS did not take. @throws when it took none, or nobody knows. */
async function send(
  client: SQSClient,
  QueueUrl: string,
  entries: readonly SendMessageBatchRequestEntry[],
  signal: AbortSignal,
): Promise<Refused[]> {
  const command = new SendMessageBatchCommand({ QueueUrl, Entries: [...entries] });
  // The SDK heeds the signal while a request is under way, and not while it looks for credentials.
  const { Failed = [] } = await Promise.race([client.send(command, { abortSignal: signal }), endOf(signal)]);
  return Failed.map(({ Id = '', Code, Message }) => ({
    entryId: Id,
    error: new Error(`SQS refused a message: ${Code ?? ''} ${Message ?? ''}`),
  }));
}

const endOf = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/**
 * The first request to SQS - credentials, DNS, TLS - takes longer on a small Lambda than anybody's patience. A batch of
 * nothing is refused, and the refusal has opened the way.
 */
function warm(client: SQSClient, QueueUrl: string): void {
  client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] })).catch(() => undefined);
}
