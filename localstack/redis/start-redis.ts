import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OnLine } from '../processes/running.ts';
import { launch, type Service } from '../processes/service.ts';
import { spawnGuarded } from '../processes/spawn-guarded.ts';
import { StartupError } from '../startup-error.ts';
import { findRedisServer } from './find-redis-server.ts';
import { pingRedis } from './ping-redis.ts';

export interface RedisOptions {
  dataDir: string;
  port: number;
  /** Found on the PATH when absent. */
  program?: string;
  onLine?: OnLine;
}

export interface RedisService extends Service {
  url: string;
}

/** Starts a Redis or Valkey of our own, on loopback only. */
export async function startRedis(options: RedisOptions): Promise<{ url: string; stop: () => Promise<void> }> {
  const service = prepareRedis(options);
  const running = await launch(service);
  return { url: service.url, stop: () => running.stop() };
}

export function prepareRedis({ port, onLine, ...options }: RedisOptions): RedisService {
  const file = options.program ?? findRedisServer();
  if (file === undefined) throw new StartupError('There is neither redis-server nor valkey-server on the PATH.');
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const url = `redis://127.0.0.1:${port}`;
  return {
    name: 'Redis',
    url,
    readyWithinMs: 30_000,
    isReady: () => pingRedis(url).then(() => true),
    spawn: () =>
      spawnGuarded({
        name: 'Redis',
        file,
        args: settings(port, dataDir),
        stopSignal: 'TERM',
        forceSignal: 'SIGKILL',
        ...(onLine && { onLine }),
      }),
  };
}

function settings(port: number, dataDir: string): string[] {
  return [
    ['--port', String(port)],
    ['--bind', '127.0.0.1'],
    ['--dir', dataDir],
    ['--daemonize', 'no'],
    // Every change is logged, so a snapshot beside the log would only be slower to stop.
    ['--appendonly', 'yes'],
    ['--save', ''],
    // Under any other policy a full Redis drops jobs without a word.
    ['--maxmemory-policy', 'noeviction'],
  ].flat();
}
