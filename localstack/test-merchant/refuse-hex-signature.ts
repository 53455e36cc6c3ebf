import { createHmac } from 'node:crypto';
import { equalInConstantTime } from './equal-in-constant-time.ts';
import { ROTATION_HINT } from './rotation-hint.ts';

const HEX_LENGTH = 64;

/** Why `X-Webhook-Signature` does not hold for these bytes, or null when it does. */
export function refuseHexSignature(signature: string | undefined, body: Buffer, secret: string): string | null {
  if (signature === undefined || signature === '') return 'the header is missing, so nobody vouches for this body';
  if (Buffer.byteLength(signature) !== HEX_LENGTH) {
    return `signature is ${signature.length} characters long, a hex HMAC-SHA256 has ${HEX_LENGTH}`;
  }
  const expected = createHmac('sha256', secret).update(body).digest('hex');
  if (equalInConstantTime(signature, expected)) return null;
  return `signature does not match: was the body changed, or is the secret another? ${ROTATION_HINT}`;
}
