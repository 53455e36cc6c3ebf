import { createPostgresBackend, Queue, type QueueOptions, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import type pg from 'pg';
import type { Log } from '../runtime/log.ts';

/** Which of BullMQ's two stores holds the queues, and where it is. */
export type BullmqTarget =
  | { readonly backend: 'redis'; readonly url: string; readonly prefix: string }
  | { readonly backend: 'postgres'; readonly url: string };

type Processor = ConstructorParameters<typeof Worker>[1];
type Errors = { on(event: 'error', listener: (error: Error) => void): unknown };

export interface BullmqConnection {
  queue(name: string, options: Omit<QueueOptions, 'connection'>): Queue;
  worker(name: string, processor: Processor, options: Omit<WorkerOptions, 'connection'>): Worker;
  /** @throws at once when the store is known to be away, so that no producer waits for it. */
  assertThere(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A producer fails at once while its store is away: the row is safe and the sweeper rings later. A consumer waits
 * for its store to come back.
 */
export function connectBullmq(target: BullmqTarget, role: 'producer' | 'consumer', log: Log): BullmqConnection {
  const heard = <T extends Errors>(emitter: T): T => {
    // An error without a listener ends the process; that a queue is away is news, not an end.
    emitter.on('error', (error) => log.debug({ err: error }, 'the queue is not there'));
    return emitter;
  };
  return target.backend === 'redis' ? onRedis(target, role, heard) : onPostgres(target, heard);
}

function onRedis(
  target: BullmqTarget & { backend: 'redis' },
  role: 'producer' | 'consumer',
  heard: <T extends Errors>(emitter: T) => T,
): BullmqConnection {
  const connection = heard(
    new Redis(target.url, {
      maxRetriesPerRequest: role === 'producer' ? 1 : null,
      enableOfflineQueue: role === 'consumer',
      // A connection that is open and silent must not hold a producer's bells for ever. A consumer waits on purpose.
      ...(role === 'producer' && { commandTimeout: 2_000 }),
      retryStrategy: (times) => Math.min(times * 100, 1_000),
    }),
  );
  const firstTry = new Promise<void>((resolve) => {
    connection.once('ready', resolve);
    connection.once('error', () => resolve());
  });
  const own = { connection, prefix: target.prefix };
  return {
    queue: (name, options) => heard(new Queue(name, { ...options, ...own })),
    worker: (name, processor, options) => heard(new Worker(name, processor, { ...options, ...own })),
    assertThere: async () => {
      await firstTry;
      if (connection.status !== 'ready') throw new Error(`Redis is ${connection.status}`);
    },
    close: async () => connection.disconnect(),
  };
}

function onPostgres(
  target: BullmqTarget & { backend: 'postgres' },
  heard: <T extends Errors>(emitter: T) => T,
): BullmqConnection {
  const connection = {
    connectionString: target.url,
    max: 4,
    application_name: 'payment-gateway-queue',
    migrate: true,
    // BullMQ checks connections out without listening to them; a server that stops would end the process.
    onConnect: (client: pg.ClientBase) => void heard(client),
  };
  return {
    queue: (name, options) =>
      heard(new Queue(name, { ...options, connection }, createPostgresBackend)) as unknown as Queue,
    worker: (name, processor, options) =>
      heard(new Worker(name, processor, { ...options, connection }, createPostgresBackend)) as unknown as Worker,
    assertThere: async () => undefined,
    // Each queue and worker owns its pool and ends it when it is closed.
    close: async () => undefined,
  };
}
