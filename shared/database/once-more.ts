import { setTimeout as delay } from 'node:timers/promises';

/** Enough for forty rivals over one row, of whom three may win; each round somebody gets through. */
const maxTries = 12;
/** Rivals that waited equally long would only meet again. */
const maxPauseMs = 20;

/**
 * Runs it again when PostgreSQL gave way to a concurrent transaction: a serialization failure (SQLSTATE 40001, which
 * REPEATABLE READ and stricter levels answer) or a deadlock (40P01). Both have undone everything, so nothing is done twice.
 */
export async function onceMore<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === maxTries || !gaveWay(error)) throw error;
      await delay(Math.random() * maxPauseMs);
    }
  }
}

const gaveWay = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01');
