/** A kind of work a row can wait for. Each has its own queue and its own handler under functions/jobs. */
export const jobTypes = ['settle-payment', 'settle-refund', 'deliver-webhook'] as const;
export type JobType = (typeof jobTypes)[number];

/** "Row `id` is worth a look, in `delayMs`." Losing one, or ringing twice, changes nothing but the time. */
export type Bell = { readonly type: JobType; readonly id: string; readonly delayMs: number };

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
