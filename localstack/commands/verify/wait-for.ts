import { setTimeout as delay } from 'node:timers/promises';
import { CheckFailed } from './check-failed.ts';
import type { MerchantClient } from './merchant-client.ts';
import type { Progress } from './steps.ts';

/** Often enough to see a change at once, seldom enough for no rate limit to mind. */
const EVERY_MS = 200;

export interface Waiting<T> {
  expected: string;
  ask: () => Promise<T>;
  isDone: (state: T) => boolean;
  /** The state in a few words. */
  show: (state: T) => string;
  timeoutMs: number;
  progress: Progress;
}

/** Asks again until it is so. @throws CheckFailed, with what is known of the worker, when it is not in time. */
export async function waitFor<T>(client: MerchantClient, waiting: Waiting<T>): Promise<T> {
  const { expected, ask, isDone, show, timeoutMs, progress } = waiting;
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const state = await ask();
    if (isDone(state)) return state;
    if (performance.now() > deadlineMs) {
      const look = await aboutTheWorker(client);
      throw new CheckFailed({ expected: `${expected} within ${timeoutMs / 1_000} s`, came: show(state), look });
    }
    progress(show(state));
    await delay(EVERY_MS);
  }
}

async function aboutTheWorker({ ask }: MerchantClient): Promise<string> {
  const path = '/api/v1/test/jobs/status';
  const { status, json } = await ask('GET', path);
  if (status !== 200) return 'Is a worker running? Its log says what it does.';
  const { worker_status: worker, pending } = json;
  if (worker !== 'running')
    return `No worker is running, says ${path}. npm start runs one; on AWS the queues call the functions of functions/jobs.`;
  return `A worker is running and ${String(pending)} rows wait, says ${path}. If it is only slow, allow more with --timeout.`;
}
