import type { IncomingHttpHeaders } from 'node:http';
import type { Delivery } from './delivery.ts';
import { parseEvent } from './parse-event.ts';
import type { Verdict } from './verify-webhook.ts';

// 500 bodies of the largest size allowed would be half a gigabyte; a real event is under 2 KiB.
const KEPT_BYTES = 64 * 1024;

const HEADERS_OF_INTEREST = [
  'content-type',
  'content-length',
  'user-agent',
  'x-webhook-signature',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
];

export interface Arrival {
  id: number;
  nowMs: number;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  verdict: Verdict;
  attempt: number;
  duplicate: boolean;
}

export function describeDelivery({ headers, body, verdict, ...arrival }: Arrival): Delivery {
  const parsed = parseEvent(body.toString());
  return {
    id: arrival.id,
    received_at: new Date(arrival.nowMs).toISOString(),
    path: arrival.path,
    event: parsed.event,
    webhook_id: headerText(headers, 'webhook-id'),
    payment_id: parsed.paymentId,
    payment_status: parsed.paymentStatus,
    verified: verdict.verified,
    reason: reasonFor(verdict, parsed.isJson),
    duplicate: arrival.duplicate,
    attempt: arrival.attempt,
    status: null,
    hung_up: false,
    headers: pickHeaders(headers),
    body: body.subarray(0, KEPT_BYTES).toString(),
    body_truncated: body.length > KEPT_BYTES,
  };
}

function reasonFor(verdict: Verdict, isJson: boolean): string | null {
  if (!verdict.verified) return `${verdict.check}: ${verdict.reason}`;
  return isJson ? null : 'verified, but not JSON';
}

function pickHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of HEADERS_OF_INTEREST) {
    const value = headerText(headers, name);
    if (value !== null) picked[name] = value;
  }
  return picked;
}

export function headerText(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(', ') : value;
}
