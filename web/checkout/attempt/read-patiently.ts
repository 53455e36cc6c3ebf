import { ApiError } from '../../api/api-error.ts';
import { backoffMs } from './patience.ts';

/** With their pauses three seconds; then a person is asked. */
const mostReads = 3;

/**
 * @returns null for what does not exist.
 * @throws the last ApiError once patience has ended.
 */
export async function readPatiently<T>(
  { online, sleep }: { online: () => Promise<void>; sleep: (ms: number) => Promise<void> },
  read: () => Promise<T>,
): Promise<T | null> {
  for (let misses = 1; ; misses++) {
    try {
      await online();
      return await read();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'NOT_FOUND_ERROR') return null;
      if (misses === mostReads) throw error;
      await sleep(error.retryAfterMs ?? backoffMs(misses));
    }
  }
}
