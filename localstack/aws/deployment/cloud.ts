import { createRequire } from 'node:module';
import type { AwsProvider } from '../serverless-types.ts';

/** A file of the web as it lies in the bucket. */
export type WebObject = {
  readonly key: string;
  readonly content: Buffer;
  readonly type: string;
  readonly cacheControl: string;
};

/** What a deployment does on AWS beside CloudFormation. */
export interface Cloud {
  /** The outputs of a stack, or undefined where there is none. */
  outputsOf(stack: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** Of these parameters those that the Parameter Store does not have. */
  missingParameters(names: readonly string[]): Promise<string[]>;
  /** Keeps a new parameter as plain text. @throws Error when there is one of that name. */
  putParameter(name: string, value: string): Promise<void>;
  /** Gives a function new code and waits until it has it. @returns false when there is no such function. */
  updateCode(functionName: string, zip: Buffer): Promise<boolean>;
  /** Calls a function and waits for its end. @throws Error with its own when it failed. */
  invoke(functionName: string): Promise<void>;
  putObject(bucket: string, object: WebObject): Promise<void>;
  emptyBucket(bucket: string): Promise<void>;
}

/** As much of all answers as is read here. */
type Said = {
  readonly Stacks?: readonly {
    readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
  }[];
  readonly InvalidParameters?: string[];
  readonly LastUpdateStatus?: string;
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array;
  readonly Contents?: readonly { readonly Key: string }[];
};
type Client = { send(command: object): Promise<Said> };
type Sdk = Readonly<Record<string, new (options: object) => object>>;

/** The clients that come with the framework, with the credentials it found. */
export async function cloudOf(provider: AwsProvider): Promise<Cloud> {
  const config = await provider.getAwsSdkV3Config();
  const require = createRequire(createRequire(import.meta.url).resolve('serverless/package.json'));
  const sdkOf = (name: string) => require(`@aws-sdk/client-${name}`) as Sdk;
  return cloudWith(sdkOf, config);
}

/** @param config what every client is made with. */
export function cloudWith(sdkOf: (name: string) => Sdk, config: object): Cloud {
  const service = (name: string, client: string) => {
    const sdk = sdkOf(name);
    const make = (what: string, options: object) => {
      const Made = sdk[what];
      if (Made === undefined) throw new Error(`the framework's SDK for ${name} has no ${what}`);
      return new Made(options);
    };
    const made = make(client, config) as Client;
    return (command: string, input: object) => made.send(make(`${command}Command`, input));
  };
  const formation = service('cloudformation', 'CloudFormationClient');
  const lambda = service('lambda', 'LambdaClient');
  const ssm = service('ssm', 'SSMClient');
  const s3 = service('s3', 'S3Client');

  return {
    outputsOf: async (StackName) => {
      try {
        const { Stacks } = await formation('DescribeStacks', { StackName });
        const outputs = Stacks?.[0]?.Outputs ?? [];
        return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
      } catch (error) {
        if (/does not exist/.test((error as Error).message)) return undefined;
        throw error;
      }
    },
    missingParameters: async (Names) => {
      const { InvalidParameters = [] } = await ssm('GetParameters', { Names });
      return InvalidParameters;
    },
    putParameter: async (Name, Value) => {
      await ssm('PutParameter', { Name, Value, Type: 'String' });
    },
    updateCode: async (FunctionName, ZipFile) => {
      try {
        await lambda('UpdateFunctionCode', { FunctionName, ZipFile });
      } catch (error) {
        if ((error as Error).name === 'ResourceNotFoundException') return false;
        throw error;
      }
      const isThere = async () =>
        (await lambda('GetFunctionConfiguration', { FunctionName })).LastUpdateStatus !== 'InProgress';
      while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 1_000));
      return true;
    },
    invoke: async (FunctionName) => {
      const { FunctionError, Payload } = await lambda('Invoke', { FunctionName });
      if (FunctionError === undefined) return;
      throw new Error(`${FunctionName} failed: ${Buffer.from(Payload ?? []).toString('utf8')}`);
    },
    putObject: async (Bucket, { key: Key, content: Body, type: ContentType, cacheControl: CacheControl }) => {
      await s3('PutObject', { Bucket, Key, Body, ContentType, CacheControl });
    },
    emptyBucket: async (Bucket) => {
      for (;;) {
        const { Contents = [] } = await s3('ListObjectsV2', { Bucket });
        const Objects = Contents.map(({ Key }) => ({ Key }));
        if (Objects.length === 0) return;
        await s3('DeleteObjects', { Bucket, Delete: { Objects, Quiet: true } });
      }
    },
  };
}
