import { z } from 'zod';

/** A kind of work a row can wait for. Each has its own queue and its own handler under functions/jobs. */
export const jobTypes = ['settle-payment', 'settle-refund', 'deliver-webhook'] as const;
export type JobType = (typeof jobTypes)[number];

/** "Row `id` is worth a look, in `delayMs`." Losing one, or ringing twice, changes nothing but the time. */
export type Bell = { readonly type: JobType; readonly id: string; readonly delayMs: number };

/** Ids one message carries at most. It is done when the slowest of its rows is, so it stays short. */
export const maxIdsPerMessage = 25;

/**
 * What a queue carries: ids and a version, never a row; the row is read when the bell is answered. Bells that are rung
 * together travel together, because under load a queue costs by the message.
 */
export const bellMessage = z.object({
  v: z.literal(1),
  type: z.enum(jobTypes),
  ids: z.array(z.string().min(1).max(64)).min(1).max(maxIdsPerMessage),
});
export type BellMessage = z.infer<typeof bellMessage>;

/** Whoever rings for a caller who waits is waited for this long and no longer: the row is committed. */
export const ringPatienceMs = 250;

/** Both verbs throw when the queue is not there; callers treat that as a late bell, not as a failure. */
export interface Doorbell {
  /** Puts the bells on their queues. */
  ring(bells: readonly Bell[]): Promise<void>;
  /**
   * Leaves out a bell that an earlier `ringOnce` put there and nobody has answered yet, where the queue can tell. The
   * sweeper uses it, so that a backlog does not grow by being looked at.
   */
  ringOnce(bells: readonly Bell[]): Promise<void>;
  close(): Promise<void>;
}
