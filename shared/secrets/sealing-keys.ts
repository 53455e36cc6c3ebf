import { createSecretKey, type KeyObject } from 'node:crypto';

/** The sandbox's own key. It is public, so a production start demands SEALING_KEYS. */
const sandboxKeys = 'sandbox:c2FuZGJveC1rZXktbm90LWZvci1yZWFsLXNlY3JldHM=';

export type SealingKey = { readonly id: string; readonly key: KeyObject };
export type SealingKeys = { readonly current: SealingKey; find(id: string): SealingKey | undefined };

/**
 * @param keys `id:base64key` pairs joined by commas. The first is the current one, all are known: a key is rotated by
 * putting a new one in front.
 */
export function readSealingKeys(keys: string = sandboxKeys): SealingKeys {
  const all = keys.split(',').map((pair) => {
    const [id = '', key = ''] = pair.split(':');
    // As a key object: made of bytes at each use, the key would cost four times what the cipher does.
    return { id, key: createSecretKey(key, 'base64') };
  });
  const byId = new Map(all.map((one) => [one.id, one]));
  const [current] = all;
  if (current === undefined) throw new Error('there must be at least one sealing key');
  return { current, find: (id) => byId.get(id) };
}
