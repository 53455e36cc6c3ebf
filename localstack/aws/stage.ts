import type { Needs } from './needs.ts';
import { queueEnvironment, queueResources, tableResource } from './template/queues.ts';
import { alarmResources } from './template/alarms.ts';
import { ref, type ResourceTable, sub } from './template/resource.ts';
import { roleId, roleResource } from './template/roles.ts';
import { checkoutId, dashboardId, webResources } from './template/web.ts';

/** What `custom.aws` of serverless.yml says of a stage. An empty text is nothing. */
export type StageOptions = {
  readonly gatewayMode: 'sandbox' | 'production';
  readonly testMode: boolean;
  /** Whether there are a test merchant and the routes for tests. */
  readonly testRoutes: boolean;
  readonly logLevel: string;
  readonly requestsPerSecond: number;
  readonly requestsAtOnce: number;
  readonly alarmEmail: string;
  /** Both lists of ids, joined by commas; with neither the functions are in no VPC. */
  readonly subnets: string;
  readonly securityGroups: string;
  readonly dashboardOrigin: string;
  readonly checkoutOrigin: string;
};

export const secretsPathOf = (stage: string) => `/gateway/${stage}`;
/** The parameter of EDGE_SECRET. A deployment makes it where there is none. */
export const edgeSecretOf = (stage: string) => `${secretsPathOf(stage)}/edge-secret`;
export const isInVpc = ({ subnets, securityGroups }: StageOptions) => subnets !== '' && securityGroups !== '';
export const idsOf = (list: string) => list.split(',').map((id) => id.trim());

/**
 * The environment of every function of a stage. It holds no secret: those are read from the Parameter Store. And nothing of
 * the shell that packages: what is deployed follows from the repository and the stage.
 */
export function stageEnvironment(stage: string, options: StageOptions): Record<string, unknown> {
  const { gatewayMode, testMode, testRoutes, logLevel, dashboardOrigin, checkoutOrigin } = options;
  return {
    GATEWAY_MODE: gatewayMode,
    SECRETS_PATH: secretsPathOf(stage),
    ...queueEnvironment,
    // A Lambda serves one call at a time.
    DATABASE_POOL_SIZE: '1',
    // The schedule's own interval: what falls due before the next sweep is rung for with a delay.
    SWEEP_HORIZON: '60000',
    LOG_LEVEL: logLevel,
    DASHBOARD_ORIGIN: dashboardOrigin || sub(`https://\${${dashboardId}.DomainName}`),
    CHECKOUT_ORIGIN: checkoutOrigin || sub(`https://\${${checkoutId}.DomainName}`),
    // A sandbox lets webhooks through to loopback, where a Lambda has its own runtime. This is an address that nobody has.
    ...(gatewayMode === 'sandbox' && { WEBHOOK_ALLOW_CIDRS: '192.0.2.0/32' }),
    ...(testMode && { TEST_MODE: 'true' }),
    ...(testRoutes && { SEED_TEST_MERCHANT: 'true' }),
    // The authorities of RDS, which Node does not know by itself.
    NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem',
  };
}

/** Everything of a stage but the functions and what leads to them. */
export function stageResources(
  stage: string,
  options: StageOptions,
  functions: readonly { readonly name: string; readonly deployedName: string; readonly needs: Needs }[],
): ResourceTable {
  const roles = functions.map(({ name, deployedName, needs }) => [
    roleId(name),
    roleResource(needs, {
      deployedName,
      secretsPath: secretsPathOf(stage),
      edgeSecret: edgeSecretOf(stage),
      isInVpc: isInVpc(options),
    }),
  ]);
  return {
    ...queueResources(stage),
    ...tableResource(stage),
    ...(Object.fromEntries(roles) as ResourceTable),
    ...alarmResources({ stage, email: options.alarmEmail, apiName: ref('HttpApi') }),
    ...webResources({ stage, isSandbox: options.gatewayMode === 'sandbox' }),
  };
}
