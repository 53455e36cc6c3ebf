import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readSealingKeys } from './sealing-keys.ts';

/** Seals short secrets at rest: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce each. */
export interface Sealer {
  seal(secret: string): string;
  /** @throws when the text was changed, or was sealed under a key that is not at hand. */
  unseal(sealed: string): string;
}

const tagBytes = 16;
const nonceBytes = 12;

/** @param sealingKeys as `readSealingKeys` reads them: the first seals, all unseal. */
export function createSealer(sealingKeys?: string): Sealer {
  const keys = readSealingKeys(sealingKeys);
  return {
    seal: (secret) => {
      const nonce = randomBytes(nonceBytes);
      const { id, key } = keys.current;
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return `v1:${id}:${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')}`;
    },
    unseal: (sealed) => {
      const [version, id = '', body = ''] = sealed.split(':');
      const known = keys.find(id);
      if (version !== 'v1' || known === undefined) throw new Error(`no key with the id "${id}" to unseal a secret`);
      const bytes = Buffer.from(body, 'base64');
      const nonce = bytes.subarray(0, nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', known.key, nonce, { authTagLength: tagBytes });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
    },
  };
}
