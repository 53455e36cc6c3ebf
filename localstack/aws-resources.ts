import { readFileSync } from 'node:fs';
import type { JobType } from '../shared/queue/doorbell.ts';

/**
 * What the gateway has on AWS besides its functions, by name and attribute. `aws-resources.json` is the one place they
 * stand in; serverless.yml reads it, LocalStack's init script is tested against it.
 */
type Resources = {
  readonly service: string;
  readonly jobs: readonly JobType[];
  readonly functionTimeoutSeconds: number;
  readonly queue: {
    readonly visibilityTimeoutSeconds: number;
    readonly messageRetentionSeconds: number;
    readonly maxReceiveCount: number;
  };
  readonly deadLetterQueue: { readonly suffix: string; readonly messageRetentionSeconds: number };
  readonly idempotencyTable: {
    readonly name: string;
    readonly hashKey: string;
    readonly timeToLiveAttribute: string;
  };
};

const resources = JSON.parse(readFileSync(new URL('./aws-resources.json', import.meta.url), 'utf8')) as Resources;

export type QueueResource = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
};

export const { service, jobs, functionTimeoutSeconds, queue, deadLetterQueue, idempotencyTable } = resources;

export const queueName = (stage: string, type: JobType) => `${service}-${stage}-${type}`;
export const deadLetterQueueName = (stage: string, type: JobType) =>
  `${queueName(stage, type)}${deadLetterQueue.suffix}`;
export const tableName = (stage: string) => `${service}-${stage}-${idempotencyTable.name}`;

/** A job's dead-letter queue, as CreateQueue takes it. */
export const deadLetterQueueOf = (stage: string, type: JobType): QueueResource => ({
  name: deadLetterQueueName(stage, type),
  // Longer than the queue's: SQS counts a message's age from when it was first sent.
  attributes: { MessageRetentionPeriod: String(deadLetterQueue.messageRetentionSeconds) },
});

/** A job's queue. @param deadLetterQueueArn of the queue above, which has to be there first. */
export const queueOf = (stage: string, type: JobType, deadLetterQueueArn: string): QueueResource => ({
  name: queueName(stage, type),
  attributes: {
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(queue.messageRetentionSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterQueueArn, maxReceiveCount: queue.maxReceiveCount }),
  },
});

/** The table, as CreateTable takes it. Its time to live is set beside, for its own call. */
export const tableOf = (stage: string) => ({
  TableName: tableName(stage),
  AttributeDefinitions: [{ AttributeName: idempotencyTable.hashKey, AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: idempotencyTable.hashKey, KeyType: 'HASH' as const }],
  BillingMode: 'PAY_PER_REQUEST' as const,
});
