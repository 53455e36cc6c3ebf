import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

/** Seals short secrets at rest: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce each. */
export interface Sealer {
  seal(secret: string): string;
  /** @throws when the text was changed, or was sealed under a key that is not at hand. */
  unseal(sealed: string): string;
}

const tagBytes = 16;
const nonceBytes = 12;

/** The sandbox's own key. It is public, so a production start demands SEALING_KEYS. */
const sandboxKeys = 'sandbox:c2FuZGJveC1rZXktbm90LWZvci1yZWFsLXNlY3JldHM=';

/**
 * @param keys `id:base64key` pairs joined by commas. The first seals, all unseal: a key is rotated by putting a new
 * one in front.
 */
export function createSealer(keys: string = sandboxKeys): Sealer {
  const byId = new Map(
    keys.split(',').map((pair) => {
      const [id = '', key = ''] = pair.split(':');
      // As a key object: made of bytes at each use, the key would cost four times what the cipher does.
      return [id, createSecretKey(key, 'base64')] as const;
    }),
  );
  const [currentId, currentKey] = [...byId][0] ?? [];
  if (currentId === undefined || currentKey === undefined) throw new Error('a sealer needs at least one key');

  return {
    seal: (secret) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', currentKey, nonce, { authTagLength: tagBytes });
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return `v1:${currentId}:${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')}`;
    },
    unseal: (sealed) => {
      const [version, id = '', body = ''] = sealed.split(':');
      const key = byId.get(id);
      if (version !== 'v1' || key === undefined) throw new Error(`no key with the id "${id}" to unseal a secret`);
      const bytes = Buffer.from(body, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
    },
  };
}
