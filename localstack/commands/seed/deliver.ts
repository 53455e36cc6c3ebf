import { signWebhook } from '../../../shared/webhooks/outgoing/sign.ts';
import { retrySchedule } from '../../../shared/webhooks/retry-schedule.ts';
import type { Attempt, Delivery, Event } from './rows.ts';
import { later, type World } from './world.ts';

/** Where the merchant listens, since when, and when its server was down. */
export type Listener = { url: string; secret: string; since: Date; outages: readonly { from: Date; to: Date }[] };

type Answer = Pick<Attempt, 'duration_ms' | 'response_code' | 'response_body' | 'error'>;

/** As it is outside test mode. */
const schedule = retrySchedule('false');

const hourMs = 3_600_000;

/**
 * The delivery of an event up to now: mostly taken at once, sometimes at a later attempt, given up after the last one,
 * or waiting for the next.
 */
export function deliver(world: World, event: Event): void {
  const { random, now, listener, merchantId, rows } = world;
  if (event.created_at < listener.since) return;
  const log: Delivery = {
    id: random.uuid(),
    merchant_id: merchantId,
    event_id: event.id,
    event: event.type,
    payload: event.payload,
    url: listener.url,
    status: 'pending',
    attempts: 0,
    round: 0,
    last_attempt_at: null,
    next_retry_at: event.created_at,
    response_code: null,
    response_body: null,
    claims: 0,
    created_at: event.created_at,
  };
  rows.webhook_logs.push(log);
  // One in a hundred meets a fault of the merchant's that does not pass.
  const isDoomed = random.chance(0.008);
  while (log.next_retry_at !== null && log.next_retry_at < now) {
    const at = later(log.next_retry_at, random.between(5, 60));
    attempt(world, log, at, answerAt(world, at, isDoomed));
  }
  const { last_attempt_at: endedAt } = log;
  if (log.status !== 'failed' || endedAt === null || now.getTime() - endedAt.getTime() < 12 * hourMs) return;
  if (random.chance(0.4)) retryByHand(world, log, later(endedAt, random.between(1, 8) * hourMs));
}

function attempt(world: World, log: Delivery, at: Date, answer: Answer): void {
  const isDelivered = answer.response_code === 200;
  const number = log.attempts + 1;
  const isLast = number >= schedule.length;
  world.rows.webhook_attempts.push({
    webhook_log_id: log.id,
    round: log.round,
    number,
    trigger: number > 1 ? 'schedule' : log.round === 0 ? 'event' : 'manual',
    attempted_at: at,
    ...answer,
    request_headers: JSON.stringify(signed(world, log, at)),
    response_headers: answer.response_code === null ? null : JSON.stringify({ 'content-type': 'text/plain' }),
  });
  Object.assign(log, {
    attempts: number,
    claims: log.claims + 1,
    status: isDelivered ? 'success' : isLast ? 'failed' : 'pending',
    last_attempt_at: at,
    next_retry_at: isDelivered || isLast ? null : later(at, answer.duration_ms + (schedule[number] ?? 0)),
    response_code: answer.response_code,
    response_body: answer.response_body,
  });
}

/** Somebody has put the receiver right and pressed the button. */
function retryByHand(world: World, log: Delivery, at: Date): void {
  Object.assign(log, { attempts: 0, round: 1, status: 'pending' });
  attempt(world, log, at, taken(world));
}

function answerAt(world: World, at: Date, isDoomed: boolean): Answer {
  const { random, listener } = world;
  if (listener.outages.some(({ from, to }) => from <= at && at < to)) {
    const error = 'connection refused';
    return { duration_ms: random.whole(1, 4), response_code: null, response_body: null, error };
  }
  if (!isDoomed && random.chance(0.975)) return taken(world);
  if (random.chance(0.3)) {
    const error = 'timed out after 5000 ms';
    return { duration_ms: 5_000 + random.whole(0, 9), response_code: null, response_body: null, error };
  }
  return {
    duration_ms: random.whole(20, 900),
    response_code: 500,
    response_body: 'Internal Server Error',
    error: null,
  };
}

const taken = ({ random }: World): Answer => ({
  duration_ms: Math.round(Math.exp(random.normal(4.6, 0.6))),
  response_code: 200,
  response_body: 'OK',
  error: null,
});

function signed({ listener }: World, { event_id, payload }: Delivery, at: Date) {
  const secrets = { current: listener.secret, previous: [] };
  const timestampSeconds = Math.floor(at.getTime() / 1_000);
  return signWebhook({ body: payload, webhookId: event_id, timestampSeconds, secrets });
}
