import { AwsClient, type AwsClientOptions } from './aws-client.ts';

/** The Parameter Store. */
export const ssmClient = (options: AwsClientOptions = {}): AwsClient =>
  new AwsClient({ service: 'ssm', contentType: 'application/x-amz-json-1.1' }, options);

type GetParametersOutput = { Parameters?: { Name: string; Value: string }[]; InvalidParameters?: string[] };

/**
 * The values of parameters, decrypted, by their names.
 * @param names ten at most.
 * @throws Error that names those that are not there, and never a value.
 */
export async function readParameters(client: AwsClient, names: readonly string[]): Promise<Map<string, string>> {
  const command = { target: 'AmazonSSM.GetParameters', input: { Names: names, WithDecryption: true } };
  const { Parameters = [], InvalidParameters = [] }: GetParametersOutput = await client.send(command);
  if (InvalidParameters.length > 0) {
    throw new Error(`the Parameter Store has no ${InvalidParameters.join(' and no ')}`);
  }
  return new Map(Parameters.map(({ Name, Value }) => [Name, Value]));
}
