import type { JobType } from '../../../shared/queue/doorbell.ts';
import {
  deadLetterQueue,
  deadLetterQueueName,
  idempotencyTable,
  jobs,
  queue,
  queueName,
  tableName,
} from '../../aws-resources.ts';
import { attribute, pascal, ref, type ResourceTable } from './resource.ts';

export const queueId = (type: JobType) => `${pascal(type)}Queue`;
export const deadLettersId = (type: JobType) => `${pascal(type)}DeadLetters`;
export const tableId = 'IdempotencyTable';

/** A queue and its dead-letter queue for each kind of job, as `aws-resources.json` says. */
export const queueResources = (stage: string): ResourceTable =>
  Object.fromEntries(
    jobs.flatMap((type) => [
      [
        deadLettersId(type),
        {
          Type: 'AWS::SQS::Queue',
          Properties: {
            QueueName: deadLetterQueueName(stage, type),
            MessageRetentionPeriod: deadLetterQueue.messageRetentionSeconds,
            SqsManagedSseEnabled: true,
          },
        },
      ],
      [
        queueId(type),
        {
          Type: 'AWS::SQS::Queue',
          Properties: {
            QueueName: queueName(stage, type),
            VisibilityTimeout: queue.visibilityTimeoutSeconds,
            MessageRetentionPeriod: queue.messageRetentionSeconds,
            RedrivePolicy: {
              deadLetterTargetArn: attribute(deadLettersId(type), 'Arn'),
              maxReceiveCount: queue.maxReceiveCount,
            },
            SqsManagedSseEnabled: true,
          },
        },
      ],
    ]),
  );

/** Where idempotency keys are kept. Answers live for a day and can be told from the rows, so a stack may take it along. */
export const tableResource = (stage: string): ResourceTable => ({
  [tableId]: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: tableName(stage),
      AttributeDefinitions: [{ AttributeName: idempotencyTable.hashKey, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: idempotencyTable.hashKey, KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: idempotencyTable.timeToLiveAttribute, Enabled: true },
      SSESpecification: { SSEEnabled: true },
    },
  },
});

/** What the functions are told of them. */
export const queueEnvironment = {
  QUEUE_BACKEND: 'sqs',
  SETTLE_PAYMENT_QUEUE_URL: ref(queueId('settle-payment')),
  SETTLE_REFUND_QUEUE_URL: ref(queueId('settle-refund')),
  DELIVER_WEBHOOK_QUEUE_URL: ref(queueId('deliver-webhook')),
  IDEMPOTENCY_STORE: 'dynamodb',
  IDEMPOTENCY_TABLE: ref(tableId),
} as const;
