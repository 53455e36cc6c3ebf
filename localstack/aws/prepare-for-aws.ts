/**
 * A Serverless plugin. `package` and `deploy` get the functions as small zips and everything around them: roles, queues,
 * the table, alarms, the web. `offline` does without what the worker process does here.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { needsOf } from './needs.ts';
import { packagedHandler, packageFunctions } from './packaging/package-functions.ts';
import type { Serverless } from './serverless-types.ts';
import { edgeSecretOf, idsOf, isInVpc, stageEnvironment, type StageOptions, stageResources } from './stage.ts';
import { attribute, ref } from './template/resource.ts';
import { roleId } from './template/roles.ts';
import { apiOrigin, bucketId, checkoutId, dashboardId, webParameters } from './template/web.ts';

export default class PrepareForAws {
  readonly hooks = {
    'before:offline:start:init': () => this.#leaveEventsToTheWorker(),
    'before:offline:start': () => this.#leaveEventsToTheWorker(),
    'before:package:cleanup': () => this.#setStage(),
    'before:package:createDeploymentArtifacts': () => this.#packageFunctions(Object.keys(this.#service.functions)),
    'before:package:function:package': () => this.#packageFunctions([this.#options.function ?? '']),
  };
  readonly #serverless: Serverless;
  readonly #options: { readonly function?: string };

  constructor(serverless: Serverless, options: { readonly function?: string }) {
    this.#serverless = serverless;
    this.#options = options;
  }

  get #service() {
    return this.#serverless.service;
  }

  #leaveEventsToTheWorker(): void {
    for (const one of Object.values(this.#service.functions)) {
      one.events = one.events.filter((event) => !('schedule' in event) && !('sqs' in event));
    }
  }

  #setStage(): void {
    const options = this.#service.custom['aws'] as StageOptions;
    const stage = this.#serverless.getProvider('aws').getStage();
    if (!options.testRoutes) this.#dropTestRoutes();

    const functions = Object.entries(this.#service.functions).map(([name, one]) => {
      const needs = needsOf(name, one.handler);
      one.role = roleId(name);
      // Whoever counts callers; the others may not even read it.
      if (needs.limits) one.environment = { EDGE_SECRET_PARAMETER: edgeSecretOf(stage) };
      return { name, deployedName: one.name, needs };
    });
    this.#service.provider.environment = stageEnvironment(stage, options);
    if (isInVpc(options)) {
      const { subnets, securityGroups } = options;
      this.#service.provider.vpc = { subnetIds: idsOf(subnets), securityGroupIds: idsOf(securityGroups) };
    }
    this.#service.resources = {
      Parameters: webParameters(edgeSecretOf(stage)),
      Resources: stageResources(stage, options, functions),
      extensions: { HttpApiStage: { Properties: throttling(options) } },
      Outputs: outputs,
    };
  }

  #dropTestRoutes(): void {
    const { functions } = this.#service;
    this.#service.functions = Object.fromEntries(
      Object.entries(functions).filter(([, { handler }]) => !handler.startsWith('functions/http/test/')),
    );
  }

  async #packageFunctions(names: readonly string[]): Promise<void> {
    const folder = join(this.#serverless.serviceDir, '.serverless');
    await mkdir(folder, { recursive: true });
    const { functions } = this.#service;
    const wanted = Object.entries(functions).filter(([name]) => names.includes(name));
    const packaged = await packageFunctions(new Map(wanted.map(([name, { handler }]) => [name, handler])));
    for (const [name, one] of wanted) {
      const artifact = join(folder, `${name}.zip`);
      await writeFile(artifact, packaged.get(name)?.zip ?? '');
      one.handler = packagedHandler;
      one.package = { artifact };
    }
  }
}

const throttling = ({ requestsPerSecond, requestsAtOnce }: StageOptions) => ({
  DefaultRouteSettings: {
    ThrottlingRateLimit: requestsPerSecond,
    ThrottlingBurstLimit: requestsAtOnce,
  },
});

/** What the deployment goes on with, and a person looks for. */
const outputs = {
  ApiOrigin: { Value: { 'Fn::Sub': apiOrigin } },
  DashboardOrigin: { Value: { 'Fn::Sub': `https://\${${dashboardId}.DomainName}` } },
  CheckoutOrigin: { Value: { 'Fn::Sub': `https://\${${checkoutId}.DomainName}` } },
  DashboardId: { Value: ref(dashboardId) },
  CheckoutId: { Value: ref(checkoutId) },
  WebBucketName: { Value: ref(bucketId) },
  AlarmsTopic: { Value: attribute('Alarms', 'TopicArn') },
};
