import { createHmac, hkdfSync } from 'node:crypto';
import { readSealingKeys, type SealingKey } from './sealing-keys.ts';

/**
 * Recognises a text without keeping it: HMAC-SHA256 under a key derived from the sealing key (HKDF, RFC 5869). A plain
 * hash would not do: a request may hold a card number, and there are few enough of those to try them all.
 */
export interface Fingerprinter {
  of(text: string): string;
  /** Whether `fingerprint` was taken of this text, also under an older sealing key that is still listed. */
  matches(text: string, fingerprint: string): boolean;
}

/** @param sealingKeys as `readSealingKeys` reads them. */
export function createFingerprinter(sealingKeys?: string): Fingerprinter {
  const keys = readSealingKeys(sealingKeys);
  const derived = new Map<string, Buffer>();
  const macKey = ({ id, key }: SealingKey) => {
    const known = derived.get(id) ?? Buffer.from(hkdfSync('sha256', key, '', 'request fingerprint', 32));
    derived.set(id, known);
    return known;
  };
  const take = (key: SealingKey, text: string) =>
    `${key.id}:${createHmac('sha256', macKey(key)).update(text).digest('base64url')}`;
  return {
    of: (text) => take(keys.current, text),
    matches: (text, fingerprint) => {
      const key = keys.find(fingerprint.split(':')[0] ?? '');
      return key !== undefined && take(key, text) === fingerprint;
    },
  };
}
