import type { Secrets } from './kept-secrets.ts';
import { readParameters, ssmClient } from './ssm.ts';

/** The settings that are secrets, and where the Parameter Store has them under `SECRETS_PATH`. */
export const secretNames = { DATABASE_URL: 'database-url', SEALING_KEYS: 'sealing-keys' } as const;

const client = ssmClient({ requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 } });

/** Reads the secrets from the Parameter Store. @throws Error that names what is missing. */
export async function readSecrets(): Promise<Secrets> {
  const path = process.env['SECRETS_PATH'];
  if (path === undefined) throw new Error('SECRETS_PATH does not say where the secrets are');
  const settings = Object.entries(secretNames).map(([setting, name]) => [setting, `${path}/${name}`] as const);
  const names = settings.map(([, name]) => name);
  const values = await readParameters(client, names);
  return Object.fromEntries(settings.map(([setting, name]) => [setting, values.get(name) ?? '']));
}
