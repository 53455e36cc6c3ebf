import { GatewayError } from '../contracts/errors.ts';
import type { Log } from '../runtime/log.ts';
import { equalInConstantTime } from '../secrets/equal-in-constant-time.ts';
import type { Sealer } from '../secrets/sealer.ts';
import type { MerchantFinder, MerchantRow } from './merchant-store.ts';

/** PostgreSQL text cannot hold NUL, and no key of ours is longer or has other characters. */
const apiKeyPattern = /^[A-Za-z0-9_-]{1,100}$/;

/**
 * Finds the merchant behind a key and a secret. Whatever is wrong - no key, no such key, a wrong secret, an inactive
 * merchant - takes the same steps and ends in the same error, so nothing is learned from either.
 * @throws AUTHENTICATION_ERROR
 */
export async function authenticateMerchant(
  { findMerchant, sealer, log }: { findMerchant: MerchantFinder; sealer: Sealer; log: Log },
  credentials: { apiKey: string | undefined; apiSecret: string | undefined },
): Promise<MerchantRow> {
  const { apiKey = '', apiSecret = '' } = credentials;
  const merchant = await findMerchant(apiKeyPattern.test(apiKey) ? apiKey : 'no-such-key');
  const secret = unsealed(merchant?.api_secret ?? decoy(sealer), sealer, log);
  if (!equalInConstantTime(apiSecret, secret) || merchant?.is_active !== true) {
    throw invalidCredentials();
  }
  return merchant;
}

/** One text for all, so that nobody learns what was wrong. */
export const invalidCredentials = () => new GatewayError('AUTHENTICATION_ERROR', 'Invalid API credentials');

/** A secret that does not open is the operator's trouble, and opens no door. */
function unsealed(secret: string, sealer: Sealer, log: Log): string {
  try {
    return sealer.unseal(secret);
  } catch (error) {
    log.error({ err: error }, "a merchant's API secret cannot be unsealed; its requests are refused");
    return '';
  }
}

const decoys = new WeakMap<Sealer, string>();

/** A sealed secret nobody knows: an unknown key costs the same work as a known one. */
function decoy(sealer: Sealer): string {
  const known = decoys.get(sealer) ?? sealer.seal(crypto.randomUUID());
  decoys.set(sealer, known);
  return known;
}
