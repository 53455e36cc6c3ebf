import { gatewayNow } from '../database/clock.ts';
import type { Queryable } from '../database/database.ts';
import type { IdempotencyStore } from '../idempotency/idempotency-store.ts';
import { lazyStore } from '../idempotency/lazy-store.ts';
import { postgresIdempotencyStore } from '../idempotency/postgres-store.ts';
import type { Settings } from '../runtime/settings.ts';
import { finishedWorkOf } from './finished-work-of.ts';

/** Where idempotency keys are kept. The AWS SDK is loaded by whoever uses it. */
export function idempotencyStoreOf(settings: Settings, database: Queryable): IdempotencyStore {
  const { IDEMPOTENCY_STORE, IDEMPOTENCY_TABLE: table } = settings;
  if (IDEMPOTENCY_STORE !== 'dynamodb' || table === undefined) return postgresIdempotencyStore(database);
  return lazyStore(async () => {
    const { dynamodbClient } = await import('../idempotency/dynamodb-client.ts');
    const { dynamodbIdempotencyStore } = await import('../idempotency/dynamodb-store.ts');
    return dynamodbIdempotencyStore({
      client: dynamodbClient(),
      table,
      clock: async (within = database) => (await gatewayNow(within)).getTime(),
      finished: finishedWorkOf(database),
    });
  });
}
