import { createHmac } from 'node:crypto';
import { equalInConstantTime } from './equal-in-constant-time.ts';
import { ROTATION_HINT } from './rotation-hint.ts';

// The specification's own window: long enough for clocks that drift, short enough that a stolen request is soon worthless.
const TOLERANCE_SECONDS = 5 * 60;

export interface StandardHeaders {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
}

/** Why the Standard Webhooks headers do not hold for these bytes, or null when they do. */
export function refuseStandardSignature(
  { id, timestamp, signature }: StandardHeaders,
  body: Buffer,
  key: Buffer,
  nowMs: number,
): string | null {
  if (!signature) return 'webhook-signature is missing beside the other webhook- headers';
  if (!id) return 'webhook-id is missing beside the other webhook- headers';
  if (!timestamp) return 'webhook-timestamp is missing beside the other webhook- headers';
  return refuseTimestamp(timestamp, nowMs) ?? refuseSignatures(signature, `${id}.${timestamp}.`, body, key);
}

function refuseTimestamp(timestamp: string, nowMs: number): string | null {
  if (!/^\d{1,12}$/.test(timestamp)) return 'webhook-timestamp is not a Unix time in seconds';
  const ageSeconds = Math.floor(nowMs / 1000) - Number(timestamp);
  if (ageSeconds > TOLERANCE_SECONDS) {
    return `webhook-timestamp is ${ageSeconds} s old, more than the ${TOLERANCE_SECONDS} s allowed: an old request sent again, or a clock that is wrong?`;
  }
  if (ageSeconds < -TOLERANCE_SECONDS) {
    return `webhook-timestamp is ${-ageSeconds} s in the future, more than the ${TOLERANCE_SECONDS} s allowed: is a clock wrong?`;
  }
  return null;
}

// While a secret is being rotated the header carries one signature for each secret; one that fits is enough.
function refuseSignatures(signatures: string, signedPrefix: string, body: Buffer, key: Buffer): string | null {
  const expected = `v1,${createHmac('sha256', key).update(signedPrefix).update(body).digest('base64')}`;
  const candidates = signatures.split(' ').filter((candidate) => candidate.startsWith('v1,'));
  if (candidates.length === 0) return 'webhook-signature holds no signature of version v1';
  if (candidates.some((candidate) => equalInConstantTime(candidate, expected))) return null;
  return `signature does not match: were the body, webhook-id or webhook-timestamp changed, or is the secret another? ${ROTATION_HINT}`;
}
