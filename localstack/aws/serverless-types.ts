/** As much of the Serverless Framework as our plugins use; it brings no types of its own. */
export interface Serverless {
  readonly serviceDir: string;
  readonly service: Service;
  readonly processedInput: { readonly commands: readonly string[] };
  getProvider(name: 'aws'): AwsProvider;
}

export interface Service {
  readonly custom: Record<string, unknown>;
  readonly provider: { environment: unknown; vpc?: unknown };
  functions: Record<string, DeployedFunction>;
  resources?: { Parameters?: object; Resources?: object; extensions?: object; Outputs?: object };
  readonly package: { individually?: boolean };
}

export interface DeployedFunction {
  /** On AWS, with the service and the stage in front. */
  readonly name: string;
  handler: string;
  events: Record<string, unknown>[];
  role?: string;
  environment?: object;
  package?: { artifact?: string };
}

export interface AwsProvider {
  getStage(): string;
  getRegion(): string;
  readonly naming: { getStackName(): string };
  getAwsSdkV3Config(): Promise<object>;
}
