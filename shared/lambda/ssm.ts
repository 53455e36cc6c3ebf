import { AwsClient, type AwsClientOptions } from './aws-client.ts';

/** The Parameter Store. */
export const ssmClient = (options: AwsClientOptions = {}): AwsClient =>
  new AwsClient({ service: 'ssm', contentType: 'application/x-amz-json-1.1' }, options);

type GetParametersOutput = { Parameters?: { Name: string; Value: string }[]; InvalidParameters?: string[] };

/**
 * The values of parameters, decrypted, by their names.
 * @param needed and optional, ten at most together.
 * @throws Error that names those needed that are not there, and never a value.
 */
export async function readParameters(
  client: AwsClient,
  needed: readonly string[],
  optional: readonly string[] = [],
): Promise<Map<string, string>> {
  const input = { Names: [...needed, ...optional], WithDecryption: true };
  const command = { target: 'AmazonSSM.GetParameters', input };
  const { Parameters = [], InvalidParameters = [] }: GetParametersOutput = await client.send(command);
  const missing = InvalidParameters.filter((name) => needed.includes(name));
  if (missing.length > 0) throw new Error(`the Parameter Store has no ${missing.join(' and no ')}`);
  return new Map(Parameters.map(({ Name, Value }) => [Name, Value]));
}
