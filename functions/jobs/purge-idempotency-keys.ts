import { purgeExpiredKeys } from '../../shared/idempotency/purge-expired-keys.ts';
import { tick } from '../../shared/jobs/chains.ts';

export const handler = tick(purgeExpiredKeys);
