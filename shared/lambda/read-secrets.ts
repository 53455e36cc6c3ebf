import type { Secrets } from './kept-secrets.ts';
import { readParameters, ssmClient } from './ssm.ts';

/** The settings that are secrets, and where the Parameter Store has them under `SECRETS_PATH`. */
export const secretNames = { DATABASE_URL: 'database-url', SEALING_KEYS: 'sealing-keys' } as const;

const client = ssmClient({ requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 } });

/**
 * Reads the secrets from the Parameter Store, in one question: it answers 40 a second. A function that hears of callers
 * is told by EDGE_SECRET_PARAMETER where EDGE_SECRET is. That one may be absent, or not yet this function's to read while
 * its role changes, and is '' then: an address that is not known as well as it could be is no reason to answer nobody.
 * @throws Error that names what is missing.
 */
export async function readSecrets(): Promise<Secrets> {
  const { SECRETS_PATH: path, EDGE_SECRET_PARAMETER: edge } = process.env;
  if (path === undefined) throw new Error('SECRETS_PATH does not say where the secrets are');
  const needed = Object.entries(secretNames).map(([setting, name]) => [setting, `${path}/${name}`] as const);
  const optional = edge === undefined ? [] : ([['EDGE_SECRET', edge]] as const);
  const values = await readParameters(client, namesOf(needed), namesOf(optional)).catch((error: unknown) => {
    // It refuses all when it refuses one.
    if ((error as Error).name !== 'AccessDeniedException' || optional.length === 0) throw error;
    return readParameters(client, namesOf(needed));
  });
  return Object.fromEntries([...needed, ...optional].map(([setting, name]) => [setting, values.get(name) ?? '']));
}

const namesOf = (settings: readonly (readonly [setting: string, name: string])[]) => settings.map(([, name]) => name);
