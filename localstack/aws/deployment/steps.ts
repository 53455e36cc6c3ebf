import type { Cloud, WebObject } from './cloud.ts';

/** Why a deployment cannot begin, with what to do about it. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

const secretHelp: Readonly<Record<string, string>> = {
  'database-url': `'postgresql://user:password@host:5432/payment_gateway?sslmode=verify-full'`,
  'sealing-keys': `"k1:$(openssl rand -base64 32)"`,
};

/** @throws NotReady unless every secret is in the Parameter Store. */
export async function checkSecrets(cloud: Cloud, path: string, region: string): Promise<void> {
  const missing = await cloud.missingParameters(Object.keys(secretHelp).map((name) => `${path}/${name}`));
  if (missing.length === 0) return;
  const commands = missing.map((name) => {
    const value = secretHelp[name.slice(path.length + 1)] ?? '';
    return `  aws ssm put-parameter --region ${region} --type SecureString --name ${name} --value ${value}`;
  });
  throw new NotReady(
    `The Parameter Store lacks what no repository shall hold. Make it once, and keep the sealing keys somewhere safe, too: ` +
      `what they sealed is lost with them.\n${commands.join('\n')}`,
  );
}

/**
 * Makes the secret the dashboard's distribution and the API share, where there is none: nobody has to know it, so nobody has
 * to think of it.
 * @param random a new secret.
 * @returns whether it did; CloudFront then has another one or none until the stack is updated.
 */
export async function makeEdgeSecret(cloud: Cloud, name: string, random: () => string): Promise<boolean> {
  if ((await cloud.missingParameters([name])).length === 0) return false;
  await cloud.putParameter(name, random());
  return true;
}

/**
 * Migrates with the new code before the rest of it serves, where the function is there from an earlier deployment. The code
 * that still serves then sees the newer schema, so a migration only ever adds.
 * @returns whether it did.
 */
export async function migrateAhead(cloud: Cloud, functionName: string, zip: Buffer): Promise<boolean> {
  if (!(await cloud.updateCode(functionName, zip))) return false;
  await cloud.invoke(functionName);
  return true;
}

/** Files first and pages last, so that no page names a file that is not there yet. */
export async function uploadWeb(cloud: Cloud, bucket: string, objects: readonly WebObject[]): Promise<void> {
  const isPage = ({ key }: WebObject) => key.endsWith('.html');
  await Promise.all(objects.filter((one) => !isPage(one)).map((one) => cloud.putObject(bucket, one)));
  await Promise.all(objects.filter(isPage).map((one) => cloud.putObject(bucket, one)));
}
