import { z } from 'zod';

/** A kind of work a row can wait for. Each has its own queue and its own handler under functions/jobs. */
export const jobTypes = ['settle-payment', 'deliver-webhook'] as const;
export type JobType = (typeof jobTypes)[number];

/** "Row `id` is worth a look, in `delayMs`." Losing one, or ringing twice, changes nothing but the time. */
export type Bell = { readonly type: JobType; readonly id: string; readonly delayMs: number };

/** What a queue carries: an id and a version, never a row. The row is read when the bell is answered. */
export const bellMessage = z.object({ v: z.literal(1), type: z.enum(jobTypes), id: z.string().min(1).max(64) });
export type BellMessage = z.infer<typeof bellMessage>;

export const messageOf = ({ type, id }: Bell): BellMessage => ({ v: 1, type, id });

export interface Doorbell {
  /**
   * Puts the bells on their queues.
   * @param options.once leaves out a bell that an earlier `once` ring put there and nobody has answered yet, where
   * the queue can tell. The sweeper uses it, so that a backlog does not grow by being looked at.
   * @throws when the queue is not there; callers treat that as a late bell, not as a failure.
   */
  ring(bells: readonly Bell[], options?: { once?: boolean }): Promise<void>;
  close(): Promise<void>;
}
