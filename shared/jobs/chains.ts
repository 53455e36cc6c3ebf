import middy, { type MiddlewareObj } from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Gateway, theGateway } from '../gateway/gateway.ts';
import { bellMessage, type JobType } from '../queue/doorbell.ts';

export type JobHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * A door for doorbells. Each record names a row; `answer` does that row's next step. A record that fails is reported
 * back by its message id and only that one comes again, so one bad row never holds up its batch.
 */
export function job(type: JobType, answer: (gateway: Gateway, id: string) => Promise<void>): JobHandler {
  const chained = middy({ timeoutEarlyInMillis: 0 });
  chained.handler((event) => answerAll(type, (event as SQSEvent).Records, answer));
  return chained;
}

async function answerAll(
  type: JobType,
  records: readonly SQSRecord[],
  answer: (gateway: Gateway, id: string) => Promise<void>,
): Promise<SQSBatchResponse> {
  const gateway = theGateway();
  const failed = await Promise.all(
    records.map(async ({ messageId, body }) => {
      try {
        await answer(gateway, rowOf(type, body));
        return [];
      } catch (error) {
        gateway.log.error({ err: error, job: type, message_id: messageId }, 'a job failed');
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  return { batchItemFailures: failed.flat() };
}

/** @throws for a message that is not ours or of a version this code does not know: it ends as a failed message. */
function rowOf(type: JobType, body: string): string {
  const message = bellMessage.parse(JSON.parse(body));
  if (message.type !== type) throw new Error(`a ${message.type} doorbell came to ${type}`);
  return message.id;
}

export type TickHandler = (event: unknown, context: Context) => Promise<void>;

/** A door for the clock: called by a schedule on AWS and by a timer locally. */
export function tick(perform: (gateway: Gateway) => Promise<unknown>): TickHandler {
  const chained = middy({ timeoutEarlyInMillis: 0 });
  chained.use({
    onError: ({ error }) => {
      theGateway().log.error({ err: error }, 'a scheduled job failed');
    },
  } satisfies MiddlewareObj);
  chained.handler(async () => {
    await perform(theGateway());
  });
  return chained;
}
