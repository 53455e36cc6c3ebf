import type { Context, SQSEvent } from 'aws-lambda';
import type { JobHandler } from '../jobs/chains.ts';
import type { JobType } from '../queue/doorbell.ts';

/** Calls a job's door with the SQS event of these rows' doorbells, and answers the ids it reported failed. */
export async function ring(handler: JobHandler, type: JobType, ...ids: string[]): Promise<string[]> {
  const Records = ids.map((id, index) => ({ messageId: `${index}`, body: JSON.stringify({ v: 1, type, ids: [id] }) }));
  const { batchItemFailures } = await handler({ Records } as SQSEvent, {} as Context);
  return batchItemFailures.map(({ itemIdentifier }) => ids[Number(itemIdentifier)] ?? itemIdentifier);
}
