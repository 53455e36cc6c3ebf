import type { Doorbell } from './doorbell.ts';

/**
 * A doorbell whose code is loaded beside the first request's queries, so that a bundle without the other backends'
 * packages never asks for them, and the first bell does not wait for what could be there already.
 */
export function lazyDoorbell(load: () => Promise<Doorbell>): Doorbell {
  const loading = load();
  // Whoever rings hears of it; before that there is nobody to tell.
  loading.catch(() => undefined);
  return {
    ring: async (bells) => (await loading).ring(bells),
    ringOnce: async (bells) => (await loading).ringOnce(bells),
    close: async () => (await loading).close(),
  };
}
