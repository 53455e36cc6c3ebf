import middy, { type MiddlewareObj } from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Gateway, theGateway } from '../gateway/gateway.ts';
import { bellMessageOf } from '../queue/bell-message.ts';
import type { JobType } from '../queue/doorbell.ts';

export type JobHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * A door for doorbells. Each record names rows; `answer` does a row's next step. A record of which a row fails is
 * reported back by its message id and only that one comes again, so one bad row never holds up its batch.
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
        await allOf(rowsOf(type, body).map((id) => answer(gateway, id)));
        return [];
      } catch (error) {
        gateway.log.error({ err: error, job: type, message_id: messageId }, 'a job failed');
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  return { batchItemFailures: failed.flat() };
}

/** Waits for all, also when one fails: a Lambda that has answered is frozen, with whatever it had in hand. */
async function allOf(answers: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(answers);
  const failure = ends.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
}

/** @throws for a message that is not ours or of a version this code does not know: it ends as a failed message. */
function rowsOf(type: JobType, body: string): readonly string[] {
  const message = bellMessageOf(JSON.parse(body));
  if (message.type !== type) throw new Error(`a ${message.type} doorbell came to ${type}`);
  return message.ids;
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
