import type { IncomingHttpHeaders } from 'node:http';
import { refuseHexSignature } from './refuse-hex-signature.ts';
import { refuseStandardSignature } from './refuse-standard-signature.ts';
import { standardSigningKey } from './standard-signing-key.ts';

export type Verdict = { verified: true } | { verified: false; check: string; reason: string };
export type VerifyWebhook = (headers: IncomingHttpHeaders, body: Buffer, nowMs: number) => Verdict;

export function createVerifyWebhook(secret: string): VerifyWebhook {
  const standardKey = standardSigningKey(secret);

  return (headers, body, nowMs) => {
    const hexReason = refuseHexSignature(textOf(headers['x-webhook-signature']), body, secret);
    if (hexReason !== null) return { verified: false, check: 'X-Webhook-Signature', reason: hexReason };

    const standard = {
      id: textOf(headers['webhook-id']),
      timestamp: textOf(headers['webhook-timestamp']),
      signature: textOf(headers['webhook-signature']),
    };
    // The id alone claims nothing; a timestamp or a signature does, and then all three must be there.
    if (standard.timestamp === undefined && standard.signature === undefined) return { verified: true };
    const standardReason = refuseStandardSignature(standard, body, standardKey, nowMs);
    return standardReason === null
      ? { verified: true }
      : { verified: false, check: 'webhook-signature', reason: standardReason };
  };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
