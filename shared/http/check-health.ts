import { type Database, statement } from '../database/database.ts';
import { withDeadline } from '../work/deadline.ts';
import { jsonAnswer } from './answer.ts';

const ping = statement('ping', 'select 1');

/** A load balancer asks every few seconds; it would rather hear "down" than wait. */
const deadlineMs = 2_000;

export async function checkHealth(database: Database) {
  const connected = await withDeadline(database.rows(ping), deadlineMs, 'the database').then(
    () => true,
    () => false,
  );
  // This host's clock: the database's cannot be asked when it is down.
  const timestamp = new Date().toISOString();
  return connected
    ? { status: 'healthy', database: 'connected', timestamp }
    : jsonAnswer(503, { status: 'unhealthy', database: 'disconnected', timestamp }, { 'Retry-After': '2' });
}
