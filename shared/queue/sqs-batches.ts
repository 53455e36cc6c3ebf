import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { BellMessage } from './bell-message.ts';
import type { Bell, JobType } from './doorbell.ts';
import { packBells, type PackedBells } from './pack-bells.ts';

/** The longest DelaySeconds of SQS. */
const maxDelaySeconds = 900;

/**
 * What SendMessageBatch takes. Its other limit, 256 KiB in all, is out of reach: 25 ids of 64 characters make a message of
 * less than 2 KiB.
 */
const maxEntries = 10;

export type SqsBatch = {
  readonly type: JobType;
  readonly entries: readonly SendMessageBatchRequestEntry[];
  /** What each entry carries, in their order. */
  readonly messages: readonly BellMessage[];
};

/**
 * The requests that put these bells on their queues. A bell that is due later than SQS can delay is left out: its row
 * waits for the sweeper, who looks at what falls due before the next sweep. Seconds are rounded up, since a bell that
 * comes a moment early finds nothing due, and then is lost.
 */
export function sqsBatches(bells: readonly Bell[]): SqsBatch[] {
  const inSeconds = bells
    .map((bell) => ({ ...bell, delayMs: Math.ceil(bell.delayMs / 1_000) * 1_000 }))
    .filter(({ delayMs }) => delayMs <= maxDelaySeconds * 1_000);
  const byType = Map.groupBy(packBells(inSeconds), ({ message }) => message.type);
  return [...byType].flatMap(([type, packed]) =>
    Array.from({ length: Math.ceil(packed.length / maxEntries) }, (_, n) =>
      batchOf(type, packed.slice(n * maxEntries, (n + 1) * maxEntries)),
    ),
  );
}

function batchOf(type: JobType, packed: readonly PackedBells[]): SqsBatch {
  const entries = packed.map(({ message, delayMs }, index) => ({
    Id: String(index),
    MessageBody: JSON.stringify(message),
    DelaySeconds: delayMs / 1_000,
  }));
  return { type, entries, messages: packed.map(({ message }) => message) };
}
