import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '../startup-error.ts';
import type { Running } from './running.ts';

/** Something that can be started again and again, and asked whether it is up. */
export interface Service {
  name: string;
  spawn: () => Running;
  isReady: () => Promise<boolean>;
  readyWithinMs: number;
}

const PROBE_EVERY_MS = 25;

/** Starts a service and waits until it answers. If it dies or stays silent, it is stopped and its last words are told. */
export async function launch(service: Service, adopt: (running: Running) => void = () => undefined): Promise<Running> {
  const running = service.spawn();
  adopt(running);
  const deadline = Date.now() + service.readyWithinMs;
  for (;;) {
    const death = await Promise.race([running.exited, delay(PROBE_EVERY_MS, null)]);
    if (death !== null)
      throw new StartupError(withLastLines(`${service.name} ended while starting (${death})`, running));
    if (await service.isReady().catch(() => false)) return running;
    if (Date.now() > deadline) {
      await running.stop();
      const waitedSeconds = service.readyWithinMs / 1000;
      throw new StartupError(withLastLines(`${service.name} did not get ready within ${waitedSeconds} s`, running));
    }
  }
}

export function withLastLines(sentence: string, running: Running): string {
  const lines = running.lastLines();
  return lines.length === 0 ? `${sentence}.` : `${sentence}. Its last lines:\n  ${lines.join('\n  ')}`;
}
