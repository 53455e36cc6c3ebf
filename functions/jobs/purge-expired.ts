import { purgeExpiredKeys } from '../../shared/idempotency/purge-expired-keys.ts';
import { tick } from '../../shared/jobs/chains.ts';
import { purgeExpiredSessions } from '../../shared/merchants/sessions/purge-expired-sessions.ts';

export const handler = tick((gateway) => Promise.all([purgeExpiredKeys(gateway), purgeExpiredSessions(gateway)]));
