import { type JobType, jobTypes } from './doorbell.ts';

/** Ids one message carries at most. It is done when the slowest of its rows is, so it stays short. */
export const maxIdsPerMessage = 25;

/**
 * What a queue carries: ids and a version, never a row; the row is read when the bell is answered. Bells that are rung
 * together travel together, because under load a queue costs by the message.
 */
export type BellMessage = { readonly v: 1; readonly type: JobType; readonly ids: readonly string[] };

/** @throws for a message that is not ours or of a version this code does not know; what it says is not repeated. */
export function bellMessageOf(sent: unknown): BellMessage {
  const { v, type, ids } = Object(sent) as Partial<Record<keyof BellMessage, unknown>>;
  const known = jobTypes.find((one) => one === type);
  if (v !== 1 || known === undefined || !areIds(ids)) throw new Error('a message is no doorbell of version 1');
  return { v, type: known, ids };
}

const areIds = (ids: unknown): ids is readonly string[] =>
  Array.isArray(ids) && ids.length >= 1 && ids.length <= maxIdsPerMessage && ids.every(isId);

const isId = (id: unknown) => typeof id === 'string' && id.length >= 1 && id.length <= 64;
