import type { Settings } from '../runtime/settings.ts';
import { type AddressPolicy, developmentPolicy, PUBLIC_HTTPS_ONLY } from '../webhooks/outgoing/address-policy.ts';

/** Loopback: where a developer's own server listens. */
const sandboxRanges = '127.0.0.0/8,::1/128';

/** Which addresses webhooks may go to: public https ones, and in a sandbox also http and the listed ranges. */
export function addressPolicyOf({ GATEWAY_MODE, WEBHOOK_ALLOW_CIDRS }: Settings): AddressPolicy {
  if (GATEWAY_MODE === 'production') return PUBLIC_HTTPS_ONLY;
  return developmentPolicy((WEBHOOK_ALLOW_CIDRS ?? sandboxRanges).split(',').map((range) => range.trim()));
}
