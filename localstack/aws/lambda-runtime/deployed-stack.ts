/** A packaged service on the emulated account: everything its template asks for that a payment meets on its way. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Resource } from '../template/resource.ts';
import { dashboardId } from '../template/web.ts';
import { type Edge, edgeOf } from './edge.ts';
import { type ApiRoute, type HttpApi, startHttpApi } from './http-api.ts';
import { createTableAndQueues } from './create-resources.ts';
import { account, arnOf, type EmulatedAccount } from './emulated-account.ts';
import { type EventSource, startEventSource } from './event-source.ts';
import { LambdaFunction } from './lambda-function.ts';
import type { PolicyStatement } from './policy.ts';
import { type Created, readTemplate, resolveIn, type Template } from './resolve-template.ts';
import { startRuntimeApi } from './runtime-api.ts';
import { unzip } from './unzip.ts';

export type DeployedStack = {
  readonly api: HttpApi;
  /** The dashboard's origin, as viewers reach it. */
  readonly dashboard: Edge;
  /** By their names in serverless.yml. */
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  /** The URLs of queues by their names in the template. */
  readonly queueUrls: ReadonlyMap<string, string>;
  /** What the rules of the schedules call. */
  readonly scheduled: readonly string[];
  invoke(name: string, event?: unknown): Promise<unknown>;
  stop(): Promise<void>;
};

export type Deployment = {
  /** Where `serverless package` put the template and the zips. */
  readonly packageFolder: string;
  /** Where the zips are unpacked. */
  readonly taskFolder: string;
  /** Attributes of queues that a test has no time for, by their names in CloudFormation. */
  readonly queueProperties?: Readonly<Record<string, unknown>>;
  /** What the functions get besides, or in place of, the template's environment. */
  readonly env?: Readonly<Record<string, string>>;
};

export async function deployStack(emulated: EmulatedAccount, deployment: Deployment): Promise<DeployedStack> {
  const template = readTemplate(deployment.packageFolder);
  const ofType = (type: string) => Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
  const created = await createTableAndQueues(emulated, ofType, deployment.queueProperties ?? {});
  for (const [id, { Default }] of Object.entries(template.Parameters ?? {})) {
    const ref = emulated.parameters.get(Default);
    if (ref === undefined) throw new Error(`the Parameter Store has no ${Default}`);
    created.set(id, { ref });
  }
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!created.has(id)) created.set(id, assumed(id, resource));
  }
  const resolve = (value: unknown) => resolveIn(value, created, account);
  const runtimeApi = await startRuntimeApi();

  const functions = new Map<string, LambdaFunction>();
  const byArn = new Map<string, LambdaFunction>();
  for (const [, { Properties = {} }] of ofType('AWS::Lambda::Function')) {
    const properties = resolve(Properties) as FunctionProperties;
    const name = nameOf(properties);
    const accessKeyId = `KEY-OF-${name}`;
    emulated.roles.set(accessKeyId, statementsOf(roleOf(template, Properties), resolve));
    const env = { ...lambdaEnvironment(properties, accessKeyId, emulated.endpoint), ...deployment.env };
    const task = unpack(name, deployment);
    const made = new LambdaFunction(
      { name: properties.FunctionName, timeoutSeconds: properties.Timeout, env: { ...env, LAMBDA_TASK_ROOT: task } },
      runtimeApi,
    );
    functions.set(name, made);
    byArn.set(arnOf('lambda', `function:${properties.FunctionName}`), made);
  }
  const atArn = (arn: unknown): LambdaFunction => {
    const found = byArn.get(String(arn));
    if (found === undefined) throw new Error(`nothing is deployed at ${String(arn)}`);
    return found;
  };

  const api = await startHttpApi(routesOf(ofType, resolve, atArn));
  const sources = ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => {
    const source = resolve(Properties) as EventSource;
    return startEventSource(emulated, source, atArn(source.FunctionName));
  });
  const rules = ofType('AWS::Events::Rule').map(([, { Properties }]) => resolve(Properties) as Rule);

  return {
    api,
    dashboard: edgeOf(template, dashboardId, resolve, api.url),
    functions,
    queueUrls: new Map(ofType('AWS::SQS::Queue').map(([id]) => [id, created.get(id)?.ref ?? ''])),
    scheduled: rules.flatMap(({ Targets }) =>
      Targets.map(({ Arn }) => [...functions].find(([, one]) => one === atArn(Arn))?.[0] ?? ''),
    ),
    invoke: async (name, event = {}) => {
      const found = functions.get(name);
      if (found === undefined) throw new Error(`there is no function ${name}`);
      return found.invoke(event);
    },
    stop: async () => {
      await api.stop();
      await Promise.all(sources.map((source) => source.stop()));
      await Promise.all([...functions.values()].map((one) => one.stop()));
      runtimeApi.stop();
    },
  };
}

type OfType = (type: string) => [string, Resource][];
type Rule = { readonly Targets: readonly { readonly Arn: string }[] };
type FunctionProperties = {
  readonly FunctionName: string;
  readonly Handler: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
};

/** `payment-gateway-dev-createOrder` is createOrder in serverless.yml. */
const nameOf = ({ FunctionName }: FunctionProperties) => FunctionName.split('-').at(-1) ?? FunctionName;

/** What exists on AWS and is only named here. */
function assumed(id: string, { Type, Properties }: Resource): Created {
  if (Type === 'AWS::Lambda::Function') {
    const name = Properties?.['FunctionName'] as string;
    return { ref: name, attributes: { Arn: arnOf('lambda', `function:${name}`) } };
  }
  const DomainName = `${id.toLowerCase()}.cloudfront.test`;
  return { ref: id, attributes: { Arn: `arn:aws:test:::${id}`, DomainName } };
}

function roleOf(template: Template, properties: Readonly<Record<string, unknown>>): Resource {
  const { 'Fn::GetAtt': [id] = [] } = properties['Role'] as { 'Fn::GetAtt'?: [string, string] };
  const role = template.Resources[id ?? ''];
  if (role === undefined) throw new Error(`a function has no role of its own: ${JSON.stringify(properties['Role'])}`);
  return role;
}

function statementsOf({ Properties }: Resource, resolve: (value: unknown) => unknown): PolicyStatement[] {
  const { Policies } = resolve(Properties) as {
    Policies: { PolicyDocument: { Statement: PolicyStatement[] } }[];
  };
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function lambdaEnvironment(
  { FunctionName, Handler, MemorySize, Environment }: FunctionProperties,
  accessKeyId: string,
  endpoint: string,
): Record<string, string> {
  // The file of authorities is on Lambda's machines.
  const variables = Object.entries(Environment.Variables).filter(([variable]) => variable !== 'NODE_EXTRA_CA_CERTS');
  return {
    ...Object.fromEntries(variables),
    TZ: ':UTC',
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    AWS_ENDPOINT_URL: endpoint,
    AWS_LAMBDA_FUNCTION_NAME: FunctionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    _HANDLER: Handler,
  };
}

function unpack(name: string, { packageFolder, taskFolder }: Deployment): string {
  const task = join(taskFolder, name);
  for (const [path, content] of unzip(readFileSync(join(packageFolder, `${name}.zip`)))) {
    mkdirSync(join(task, dirname(path)), { recursive: true });
    writeFileSync(join(task, dirname(path), basename(path)), content);
  }
  return task;
}

function routesOf(ofType: OfType, resolve: (value: unknown) => unknown, atArn: (arn: unknown) => LambdaFunction) {
  const integrations = new Map(
    ofType('AWS::ApiGatewayV2::Integration').map(([id, { Properties }]) => [
      id,
      resolve(Properties) as { IntegrationUri: string },
    ]),
  );
  return ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]): ApiRoute => {
    const { RouteKey, Target } = resolve(Properties) as { RouteKey: string; Target: string };
    const integration = integrations.get(Target.replace('integrations/', ''));
    return { key: RouteKey, target: atArn(integration?.IntegrationUri) };
  });
}
