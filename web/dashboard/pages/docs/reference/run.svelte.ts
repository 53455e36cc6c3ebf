import { connection } from '../../../api/api.ts';

export type Answer = { status: number; tookMs: number; text: string };

/** Asks the API as the reader, and keeps what it answered, good or bad. */
export class Run {
  answer = $state.raw<Answer | null>(null);
  isRunning = $state(false);

  async ask(address: string): Promise<void> {
    this.isRunning = true;
    const startMs = performance.now();
    try {
      const response = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
      const text = pretty(await response.text());
      this.answer = { status: response.status, tookMs: performance.now() - startMs, text };
      if (response.status === 401) connection.onSignedOut();
    } catch {
      this.answer = { status: 0, tookMs: performance.now() - startMs, text: 'No answer came. Is the gateway running?' };
    } finally {
      this.isRunning = false;
    }
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
